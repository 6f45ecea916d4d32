import { type RefObject, useMemo } from 'react';
import { useTaskMutations } from '../../hooks/useTaskMutations';
import type { TaskListHandle } from './TaskList';
import type { RowActions } from './TaskRow';

/** What rows do, made once, so that rows which did not change are not drawn again. */
export function useRowActions(
  list: RefObject<TaskListHandle | null>,
  rename: (taskId: string | null) => void,
  open: (taskId: string) => void,
  compare: (entryId: string) => void,
): RowActions {
  const { toggle, update, remove } = useTaskMutations();
  return useMemo(() => {
    let renamed: string | null = null;
    /** The field is gone with the next drawing; then the row has the focus again. */
    const backToRow = () => {
      const taskId = renamed;
      if (taskId) requestAnimationFrame(() => list.current?.focus(taskId));
    };
    return {
      toggle,
      remove,
      compare,
      open,
      change: (task, patch) => void update(task, patch),
      rename(taskId) {
        rename(taskId);
        if (taskId === null) backToRow();
        renamed = taskId;
      },
      save(seen, description, stay) {
        update(seen, { description });
        rename(null);
        if (stay) backToRow();
      },
    };
  }, [toggle, update, remove, compare, open, rename, list]);
}
