import { type KeyboardEvent, lazy, type Ref, Suspense, useImperativeHandle, useRef } from 'react';
import { t } from '../../i18n/tasks';
import { PlainList, type RowsProps } from './PlainList';
import { useRowFocus } from './useRowFocus';

/** Up to here all rows are in the page, where the browser's own search finds them. Above, only those in sight. */
const kPlainRows = 100;
/** Rows that Page Up and Page Down go by. */
const kPage = 10;

// Without a connection the chunk may be out of reach: then all rows are drawn, slowly, but drawn.
const VirtualList = lazy(() =>
  import('./VirtualList').then(
    (chunk) => ({ default: chunk.VirtualList }),
    () => ({ default: PlainList }),
  ),
);

export interface TaskListHandle {
  /** Moves the focus by so many rows; from outside of the list to the first row. */
  move(by: number): void;
  focus(taskId: string): void;
}

export interface TaskListProps extends Omit<RowsProps, 'list' | 'listProps' | 'focusIndex' | 'reveal'> {
  /** Where the focus goes when the last row is gone. */
  readonly onEmptied: () => void;
  readonly ref?: Ref<TaskListHandle>;
}

/** The rows, and the keyboard's way through them. Stays in the page when it is empty: it knows where the focus was. */
export function TaskList({ ref, onEmptied, ...rows }: TaskListProps) {
  const { tasks } = rows;
  const list = useRef<HTMLUListElement>(null);
  const reveal = useRef<(index: number) => void>(() => undefined);
  const isVirtual = tasks.length > kPlainRows;
  const focus = useRowFocus(list, tasks, onEmptied, reveal);
  useImperativeHandle(ref, () => ({ move: focus.move, focus: focus.focusTask }), [focus.move, focus.focusTask]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.target instanceof HTMLInputElement) || event.ctrlKey || event.metaKey || event.altKey) return;
    const steps: Record<string, number> = { Home: -tasks.length, End: tasks.length, PageUp: -kPage, PageDown: kPage };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    focus.move(step);
  };
  // Safari drops the role of a list without bullets, so it is said.
  const listProps = { role: 'list', 'aria-label': t('tasks.list'), onKeyDown, onFocus: focus.onFocus };
  const props: RowsProps = { ...rows, list, listProps, focusIndex: focus.index, reveal };
  if (tasks.length === 0) return null;
  if (!isVirtual) return <PlainList {...props} />;
  return (
    <Suspense fallback={<PlainList {...props} tasks={tasks.slice(0, kPlainRows)} />}>
      <VirtualList {...props} />
    </Suspense>
  );
}
