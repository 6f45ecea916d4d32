import { clsx } from 'clsx';
import { CircleDotDashed, Pencil, Trash2 } from 'lucide-react';
import { type ComponentProps, type MouseEvent, memo, useRef } from 'react';
import { nameOfTask } from '../../hooks/taskWords';
import { t } from '../../i18n/tasks';
import type { Day } from '../../lib/dates/day';
import type { Entry } from '../../lib/tasks/queue';
import type { Task, TaskPatch } from '../../lib/tasks/task';
import { IconButton } from '../ui/IconButton';
import { Icon } from '../ui/icons';
import { DueBadge } from './DueBadge';
import { RenameTask } from './RenameTask';
import { RowMenu } from './RowMenu';
import { isTroubled, RowStatus } from './RowStatus';
import { TaskCheckbox } from './TaskCheckbox';

/** What a row asks the list to do; the same object for all rows, so that only changed rows are drawn. */
export interface RowActions {
  toggle(task: Task): void;
  open(taskId: string): void;
  /** Begins to change the text in place; null ends it without saving. */
  rename(taskId: string | null): void;
  save(seen: Task, description: string, stay: boolean): void;
  change(task: Task, patch: TaskPatch): void;
  remove(task: Task): void;
  compare(entryId: string): void;
}

export interface TaskRowProps extends ComponentProps<'li'> {
  readonly task: Task;
  readonly today: Day;
  readonly entry: Entry | undefined;
  readonly isOpen: boolean;
  readonly isRenaming: boolean;
  readonly actions: RowActions;
  /** The person points with a finger. */
  readonly touch: boolean;
  /** Distance from the top of the list (px), when only the rows in sight are drawn. */
  readonly top?: number;
}

/** One task of the list. */
export const TaskRow = memo(function TaskRow({
  task,
  today,
  entry,
  isOpen,
  isRenaming,
  actions,
  touch,
  top,
  className,
  ...item
}: TaskRowProps) {
  const press = usePresses(
    () => actions.open(task.task_id),
    () => actions.rename(task.task_id),
  );
  const name = nameOfTask(task);
  const completed = task.status === 'completed';
  const troubled = isTroubled(entry);
  const more = task.due_date !== null || task.status === 'in_progress' || troubled;
  const titleId = `task-${task.task_id}`;
  const moreId = `more-${task.task_id}`;
  return (
    <li
      {...item}
      data-task={task.task_id}
      style={top === undefined ? undefined : { transform: `translateY(${top}px)` }}
      className={clsx(
        'group flex items-start gap-1 rounded-control pr-2.5 transition-colors',
        isOpen ? 'bg-accent-soft' : 'hover:bg-surface',
        task.version === 0 && 'animate-appear',
        className,
      )}
    >
      <TaskCheckbox
        task={task}
        labelledBy={titleId}
        describedBy={more ? moreId : undefined}
        onToggle={() => actions.toggle(task)}
      />
      <div className="flex min-h-12 min-w-0 flex-1 items-start border-line border-b">
        <div className="min-w-0 flex-1">
          {isRenaming ? (
            <>
              <span id={titleId} className="sr-only">
                {task.description}
              </span>
              <RenameTask task={task} onSave={actions.save} onCancel={() => actions.rename(null)} />
            </>
          ) : (
            // biome-ignore lint/a11y/noStaticElementInteractions: a larger target for the pointer; the keyboard has the buttons
            // biome-ignore lint/a11y/useKeyWithClickEvents: see above
            <div onClick={press} className={clsx('cursor-default', more ? 'pt-3' : 'py-3')}>
              <p
                id={titleId}
                className={clsx(
                  'line-clamp-2 whitespace-pre-line [overflow-wrap:anywhere] transition-colors',
                  completed && 'text-muted line-through',
                )}
              >
                {task.description}
              </p>
            </div>
          )}
          {more && (
            <div id={moreId} className="flex flex-wrap items-center gap-x-3 pt-0.5 pb-3 text-muted text-second">
              {task.due_date !== null && <DueBadge day={task.due_date} today={today} completed={completed} />}
              {task.status === 'in_progress' && (
                <span className="inline-flex items-center gap-1 text-accent">
                  <Icon of={CircleDotDashed} size={16} />
                  {t('status.in_progress')}
                </span>
              )}
              {troubled && <RowStatus entry={entry} name={name} onCompare={() => actions.compare(entry.id)} />}
            </div>
          )}
        </div>
        {touch ? (
          <RowMenu task={task} today={today} name={name} actions={actions} />
        ) : (
          <RowButtons task={task} name={name} actions={actions} />
        )}
      </div>
    </li>
  );
});

/** What can be done to a task, under the pointer or while the row has the focus. */
function RowButtons({ task, name, actions }: { task: Task; name: string; actions: RowActions }) {
  return (
    <div className="mt-0.5 flex shrink-0 opacity-0 transition-opacity focus-within:opacity-100 group-focus-within:opacity-100 group-hover:opacity-100">
      <IconButton
        icon={Pencil}
        label={t('row.edit', { task: name })}
        onClick={() => actions.open(task.task_id)}
        className="hover:bg-line"
      />
      <IconButton
        icon={Trash2}
        label={t('row.delete', { task: name })}
        onClick={() => actions.remove(task)}
        className="hover:bg-line"
      />
    </div>
  );
}

/** A press opens the editor, two quick ones change the text in place: the first waits this long (milliseconds). */
const kDoublePress = 220;

/** Tells one press from two. A touch is never half of a double one: it acts at once. */
function usePresses(once: () => void, twice: () => void) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  return (event: MouseEvent) => {
    clearTimeout(timer.current);
    if (event.detail >= 2) return twice();
    // Somebody is selecting text to copy it.
    if (String(getSelection()) !== '') return;
    if (isTouch(event.nativeEvent)) return once();
    timer.current = setTimeout(once, kDoublePress);
  };
}

function isTouch(event: Event): boolean {
  return event instanceof PointerEvent && event.pointerType === 'touch';
}
