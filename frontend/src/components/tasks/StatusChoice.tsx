import { t } from '../../i18n/tasks';
import { kStatuses } from '../../lib/tasks/filters';
import type { Task } from '../../lib/tasks/task';

/** The three states side by side; one is chosen. */
export function StatusChoice({
  value,
  onChange,
}: {
  value: Task['status'];
  onChange: (status: Task['status']) => void;
}) {
  return (
    <fieldset>
      <legend className="font-medium">{t('edit.status')}</legend>
      <div className="mt-1.5 grid grid-cols-3 rounded-control border border-control bg-surface p-0.5">
        {kStatuses.map((status) => (
          <label
            key={status}
            className="flex min-h-10 cursor-pointer items-center justify-center rounded-[0.375rem] px-1 text-center text-second transition has-checked:bg-accent has-checked:font-medium has-checked:text-on-accent has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-2"
          >
            <input
              type="radio"
              name="edit-status"
              value={status}
              checked={value === status}
              onChange={() => onChange(status)}
              className="sr-only"
            />
            {t(`status.${status}`)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
