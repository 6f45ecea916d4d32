import { t } from '../../i18n/tasks';
import { formatInstant } from '../../lib/dates/format';
import type { Task } from '../../lib/tasks/task';

/** When the task was written down, and when it was last changed or completed. */
export function TaskDates({ task }: { task: Task }) {
  return (
    <div className="digits space-y-0.5 text-caption text-muted">
      <p>{t('edit.created', { when: formatInstant(task.created_at) })}</p>
      {task.completed_at ? (
        <p>{t('edit.completed', { when: formatInstant(task.completed_at) })}</p>
      ) : (
        task.updated_at !== task.created_at && <p>{t('edit.changed', { when: formatInstant(task.updated_at) })}</p>
      )}
    </div>
  );
}
