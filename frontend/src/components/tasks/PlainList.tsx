import type { ComponentProps, RefObject } from 'react';
import type { Day } from '../../lib/dates/day';
import type { Entry } from '../../lib/tasks/queue';
import type { Task } from '../../lib/tasks/task';
import { type RowActions, TaskRow, type TaskRowProps } from './TaskRow';

/** What a list of rows needs, whether it draws all of them or those in sight. */
export interface RowsProps {
  readonly tasks: readonly Task[];
  readonly today: Day;
  readonly unsaved: ReadonlyMap<string, Entry>;
  readonly openId: string | null;
  readonly renamingId: string | null;
  readonly actions: RowActions;
  /** A row has a menu for fingers, and buttons that appear under the pointer otherwise. */
  readonly touch: boolean;
  readonly list: RefObject<HTMLUListElement | null>;
  /** Label and listeners of the list. */
  readonly listProps: ComponentProps<'ul'>;
  /** The row that must stay drawn because it has the focus; -1 when none has. */
  readonly focusIndex: number;
  /** Where a list that does not draw all rows puts its way to bring one into sight. */
  readonly reveal: RefObject<(index: number) => void>;
}

/** The boxes stand flush with the title above; what is hovered reaches a little over. */
export const listClass = '-mx-2.5';

/** Height of a row with one line (px). */
export const kRow = 49;

/** All rows; at least `height` px high when more will follow. */
export function PlainList({ height, ...props }: RowsProps & { readonly height?: number }) {
  return (
    <ul ref={props.list} {...props.listProps} className={listClass} style={height ? { minHeight: height } : undefined}>
      {props.tasks.map((task) => (
        <TaskRow key={task.task_id} {...rowPropsOf(props, task)} />
      ))}
    </ul>
  );
}

export function rowPropsOf(props: RowsProps, task: Task): Omit<TaskRowProps, 'ref'> {
  return {
    task,
    today: props.today,
    entry: props.unsaved.get(task.task_id),
    isOpen: task.task_id === props.openId,
    isRenaming: task.task_id === props.renamingId,
    actions: props.actions,
    touch: props.touch,
  };
}
