import { defaultRangeExtractor, useWindowVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type Ref, useImperativeHandle, useRef } from 'react';
import { t } from '../../i18n/t';
import type { Day } from '../../lib/dates/day';
import type { Entry } from '../../lib/tasks/queue';
import type { Task } from '../../lib/tasks/task';
import { type RowActions, TaskRow } from './TaskRow';
import { useRowFocus } from './useRowFocus';

/** Up to here all rows are in the page: the browser's own search finds them. Above, only those in sight. */
const kPlainRows = 100;
/** Rows kept ready above and below the window. */
const kOverscan = 6;
/** Heights before a row has been measured (px): one line, and one with a second line below. */
const kRow = 49;
const kRowWithMore = 71;
/** Rows that Page Up and Page Down go by. */
const kPage = 10;

export interface TaskListHandle {
  /** Moves the focus by so many rows; from outside of the list to the first row. */
  move(by: number): void;
  focus(taskId: string): void;
}

export interface TaskListProps {
  readonly tasks: readonly Task[];
  readonly today: Day;
  readonly unsaved: ReadonlyMap<string, Entry>;
  readonly openId: string | null;
  readonly renamingId: string | null;
  readonly actions: RowActions;
  /** Where the focus goes when the last row is gone. */
  readonly onEmptied: () => void;
  readonly ref?: Ref<TaskListHandle>;
}

/** The rows. Above a hundred only those in sight are drawn; the one with the focus always is. */
export function TaskList({ tasks, today, unsaved, openId, renamingId, actions, onEmptied, ref }: TaskListProps) {
  const list = useRef<HTMLUListElement>(null);
  const isVirtual = tasks.length > kPlainRows;
  const focus = useRowFocus(list, tasks, onEmptied, (index) => isVirtual && virtualizer.scrollToIndex(index));
  const virtualizer = useWindowVirtualizer({
    count: tasks.length,
    enabled: isVirtual,
    estimateSize: (index) => (hasMore(tasks[index]) ? kRowWithMore : kRow),
    getItemKey: (index) => tasks[index]?.task_id ?? index,
    overscan: kOverscan,
    scrollMargin: list.current?.offsetTop ?? 0,
    rangeExtractor: (range) => {
      const rows = defaultRangeExtractor(range);
      const kept = focus.index;
      if (kept < 0 || kept >= range.count || rows.includes(kept)) return rows;
      return [...rows, kept].sort((a, b) => a - b);
    },
  });
  useImperativeHandle(ref, () => ({ move: focus.move, focus: focus.focusTask }), [focus.move, focus.focusTask]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.target instanceof HTMLInputElement) || event.ctrlKey || event.metaKey || event.altKey) return;
    const steps: Record<string, number> = { Home: -tasks.length, End: tasks.length, PageUp: -kPage, PageDown: kPage };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    focus.move(step);
  };

  const rowProps = (task: Task) => ({
    task,
    today,
    entry: unsaved.get(task.task_id),
    isOpen: task.task_id === openId,
    isRenaming: task.task_id === renamingId,
    actions,
  });
  const plainRows = () => tasks.map((task) => <TaskRow key={task.task_id} {...rowProps(task)} />);
  const rowsInSight = () =>
    virtualizer.getVirtualItems().map(({ index, key, start }) => {
      const task = tasks[index];
      return (
        task && (
          <TaskRow
            key={key}
            {...rowProps(task)}
            ref={virtualizer.measureElement}
            data-index={index}
            aria-setsize={tasks.length}
            aria-posinset={index + 1}
            className="absolute inset-x-0 top-0"
            top={start - virtualizer.options.scrollMargin}
          />
        )
      );
    });
  return (
    <ul
      ref={list}
      // biome-ignore lint/a11y/noRedundantRoles: Safari drops the role of a list without bullets
      role="list"
      aria-label={t('tasks.list')}
      onKeyDown={onKeyDown}
      onFocus={focus.onFocus}
      className="relative"
      style={isVirtual ? { height: virtualizer.getTotalSize() } : undefined}
    >
      {isVirtual ? rowsInSight() : plainRows()}
    </ul>
  );
}

/** Whether the row has a second line. */
function hasMore(task: Task | undefined): boolean {
  return task !== undefined && (task.due_date !== null || task.status === 'in_progress');
}
