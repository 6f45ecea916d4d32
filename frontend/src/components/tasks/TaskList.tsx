import {
  type KeyboardEvent,
  lazy,
  type Ref,
  Suspense,
  useDeferredValue,
  useEffect,
  useImperativeHandle,
  useRef,
} from 'react';
import { kTouch, useMediaQuery } from '../../hooks/useMediaQuery';
import { t } from '../../i18n/tasks';
import { idle } from '../../services/idle';
import { kRow, PlainList, type RowsProps } from './PlainList';
import { useRowFocus } from './useRowFocus';

/** Up to here all rows are in the page, where the browser's own search finds them. Above, only those in sight. */
const kPlainRows = 100;
/** What a phone shows; they are on the screen before the others are drawn. */
const kFirstRows = 12;
/** Rows that Page Up and Page Down go by. */
const kPage = 10;

const virtualList = () => import('./VirtualList');
// Without a connection the chunk may be out of reach: then all rows are drawn, slowly, but drawn.
const VirtualList = lazy(() =>
  virtualList().then(
    (chunk) => ({ default: chunk.VirtualList }),
    () => ({ default: PlainList }),
  ),
);

export interface TaskListHandle {
  /** Moves the focus by so many rows; from outside of the list to the first row. */
  move(by: number): void;
  focus(taskId: string): void;
}

export interface TaskListProps extends Omit<RowsProps, 'list' | 'listProps' | 'focusIndex' | 'reveal' | 'touch'> {
  /** More tasks are on their way. */
  readonly partial: boolean;
  /** Where the focus goes when the last row is gone. */
  readonly onEmptied: () => void;
  readonly ref?: Ref<TaskListHandle>;
}

/** The rows, and the keyboard's way through them. Stays in the page when it is empty: it knows where the focus was. */
export function TaskList({ ref, partial, onEmptied, ...rows }: TaskListProps) {
  const { tasks } = rows;
  const list = useRef<HTMLUListElement>(null);
  const reveal = useRef<(index: number) => void>(() => undefined);
  const isLong = tasks.length > kPlainRows;
  const wanted = isLong ? 'those in sight' : partial ? 'the first' : 'all';
  // The first rows are drawn at once. What follows gives way to what the person does, and waits for its chunk out of sight.
  const drawn = useDeferredValue<typeof wanted>(wanted, 'the first');
  const focus = useRowFocus(list, tasks, onEmptied, reveal);
  useEffect(() => {
    // A list of more than one page is most probably long: its chunk comes beside the next page, after the first rows.
    if (partial)
      void idle()
        .then(virtualList)
        .catch(() => undefined);
  }, [partial]);
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
  const touch = useMediaQuery(kTouch);
  const props: RowsProps = { ...rows, list, listProps, focusIndex: focus.index, reveal, touch };
  if (tasks.length === 0) return null;
  const most = drawn === 'the first' ? kFirstRows : kPlainRows;
  // As high as the whole list will be, so that a page that is shown again can scroll to where it was.
  const height = tasks.length > most ? tasks.length * kRow : undefined;
  const some = <PlainList {...props} tasks={tasks.slice(0, most)} height={height} />;
  return (
    <Suspense fallback={some}>{isLong && drawn === 'those in sight' ? <VirtualList {...props} /> : some}</Suspense>
  );
}
