import { defaultRangeExtractor, useWindowVirtualizer } from '@tanstack/react-virtual';
import { clsx } from 'clsx';
import { useCallback, useRef } from 'react';
import type { Task } from '../../lib/tasks/task';
import { kRow, listClass, type RowsProps, rowPropsOf } from './PlainList';
import { TaskRow } from './TaskRow';

/** Rows kept ready above and below the window. */
const kOverscan = 6;
/** Height of a row with a second line, before it has been measured (px). */
const kRowWithMore = 71;

/** The rows in sight, and the one with the focus wherever it is. A chunk of its own: few people have that many tasks. */
export function VirtualList(props: RowsProps) {
  const { tasks, list, listProps, focusIndex, reveal } = props;
  const ordered = useSameOrder(tasks);
  // A new function makes it place all ten thousand anew: only when there is another order of rows.
  const getItemKey = useCallback((index: number) => ordered[index]?.task_id ?? index, [ordered]);
  const virtualizer = useWindowVirtualizer({
    count: tasks.length,
    estimateSize: (index) => (hasMore(tasks[index]) ? kRowWithMore : kRow),
    getItemKey,
    overscan: kOverscan,
    // Known beforehand, so that the rows are part of the drawing that gives way and not of the correction after it.
    initialRect: { width: innerWidth, height: innerHeight },
    scrollMargin: list.current?.offsetTop ?? 0,
    rangeExtractor: (range) => {
      const rows = defaultRangeExtractor(range);
      if (focusIndex < 0 || focusIndex >= range.count || rows.includes(focusIndex)) return rows;
      return [...rows, focusIndex].sort((a, b) => a - b);
    },
  });
  reveal.current = (index) => virtualizer.scrollToIndex(index);
  return (
    <ul
      ref={list}
      {...listProps}
      className={clsx('relative', listClass)}
      style={{ height: virtualizer.getTotalSize() }}
    >
      {virtualizer.getVirtualItems().map(({ index, key, start }) => {
        const task = tasks[index];
        return (
          task && (
            <TaskRow
              key={key}
              {...rowPropsOf(props, task)}
              ref={virtualizer.measureElement}
              data-index={index}
              aria-setsize={tasks.length}
              aria-posinset={index + 1}
              className="absolute inset-x-0 top-0"
              top={start - virtualizer.options.scrollMargin}
            />
          )
        );
      })}
    </ul>
  );
}

/** The same array as before when the same tasks stand in the same order, whatever changed in them. */
function useSameOrder(tasks: readonly Task[]): readonly Task[] {
  const last = useRef(tasks);
  const before = last.current;
  const isSame = before.length === tasks.length && tasks.every((task, at) => task.task_id === before[at]?.task_id);
  if (!isSame) last.current = tasks;
  return last.current;
}

/** Whether the row has a second line. */
function hasMore(task: Task | undefined): boolean {
  return task !== undefined && (task.due_date !== null || task.status === 'in_progress');
}
