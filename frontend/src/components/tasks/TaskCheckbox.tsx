import { clsx } from 'clsx';
import type { Task } from '../../lib/tasks/task';

/**
 * The round box: 24 px in a target of 44. A started task shows a dot, a completed one a tick that draws itself.
 * `labelledBy` is the id of the task's text.
 */
export function TaskCheckbox({
  task,
  labelledBy,
  describedBy,
  onToggle,
}: {
  task: Task;
  labelledBy: string;
  describedBy?: string | undefined;
  onToggle: () => void;
}) {
  return (
    <span className="relative mt-0.5 flex size-11 shrink-0 items-center justify-center">
      <input
        type="checkbox"
        checked={task.status === 'completed'}
        onChange={onToggle}
        aria-labelledby={labelledBy}
        aria-describedby={describedBy}
        className={clsx(
          'peer size-6 cursor-pointer appearance-none rounded-full border-2 bg-bg transition duration-200',
          'before:absolute before:inset-0 before:content-[""]',
          'checked:border-accent checked:bg-accent hover:border-accent active:scale-90',
          task.status === 'in_progress' ? 'border-accent' : 'border-control',
        )}
      />
      {task.status === 'in_progress' && (
        <span aria-hidden="true" className="pointer-events-none absolute size-2.5 rounded-full bg-accent" />
      )}
      <svg
        viewBox="0 0 24 24"
        aria-hidden="true"
        className="tick pointer-events-none absolute size-6 fill-none stroke-on-accent"
      >
        <path d="M7 12.5l3.4 3.4L17 9" strokeWidth="2.25" strokeLinecap="round" strokeLinejoin="round" pathLength="1" />
      </svg>
    </span>
  );
}
