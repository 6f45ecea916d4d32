import { useEffect, useRef, useState } from 'react';
import { nameOfTask, problemOfDescription } from '../../hooks/taskWords';
import { t } from '../../i18n/tasks';
import type { Task } from '../../lib/tasks/task';
import { FieldError } from '../ui/FieldError';

/**
 * The text of a task, changed in place: all of it selected, Enter or leaving it saves, Esc restores. Without words it is
 * not saved, and says so.
 */
export function RenameTask({
  task,
  onSave,
  onCancel,
}: {
  task: Task;
  /** `seen` is the task as it was when the change began; `stay` is false when the person went elsewhere. */
  onSave: (seen: Task, description: string, stay: boolean) => void;
  onCancel: () => void;
}) {
  const field = useRef<HTMLTextAreaElement>(null);
  const seen = useRef(task);
  const done = useRef(false);
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);

  const check = (value: string) => problemOfDescription(value, t('row.empty'));
  const save = (value: string, stay: boolean) => {
    if (done.current) return;
    const wrong = check(value);
    setProblem(wrong);
    if (wrong) return;
    done.current = true;
    onSave(seen.current, value.trim(), stay);
  };
  const cancel = () => {
    done.current = true;
    onCancel();
  };
  return (
    <div className="-ml-2 py-1.5 pr-2">
      <textarea
        ref={field}
        rows={1}
        defaultValue={task.description}
        aria-label={t('row.rename', { task: nameOfTask(task) })}
        aria-invalid={problem ? true : undefined}
        aria-describedby={problem ? `rename-${task.task_id}` : undefined}
        onInput={(event) => problem && setProblem(check(event.currentTarget.value))}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Escape') cancel();
          if (event.key !== 'Enter' || event.shiftKey) return;
          event.preventDefault();
          save(event.currentTarget.value, true);
        }}
        onBlur={(event) => save(event.currentTarget.value, false)}
        className="grow-with-text block w-full resize-none rounded-control border border-control bg-bg px-2 py-1 text-body aria-invalid:border-danger"
      />
      {problem && <FieldError id={`rename-${task.task_id}`}>{problem}</FieldError>}
    </div>
  );
}
