import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { useOpenTask } from '../../hooks/useOpenTask';
import type { Task } from '../../lib/tasks/task';
import type { TaskListHandle } from './TaskList';

type Field = 'description' | 'due';

/** Which task is open in the editor and at which field; when it closes, the focus goes back to the row. */
export function useEditor(list: RefObject<TaskListHandle | null>) {
  const { openId, open: openTask, close: closeTask } = useOpenTask();
  const [focus, setFocus] = useState<Field>('description');
  const wasOpen = useRef<string | null>(null);
  const next = useRef<string | undefined>(undefined);

  useEffect(() => {
    const closed = openId === null ? wasOpen.current : null;
    wasOpen.current = openId;
    if (closed) list.current?.focus(next.current ?? closed);
    next.current = undefined;
  }, [openId, list]);

  const open = useCallback(
    (taskId: string, field: Field = 'description') => {
      setFocus(field);
      openTask(taskId);
    },
    [openTask],
  );
  /** `then` is the task that gets the focus instead of the one that was open. */
  const close = useCallback(
    (then?: string) => {
      next.current = then;
      closeTask();
    },
    [closeTask],
  );
  return { openId, focus, open, close };
}

/** The task below, or above the last one. */
export function neighbourOf(tasks: readonly Task[], taskId: string): string | undefined {
  const at = tasks.findIndex((task) => task.task_id === taskId);
  return at < 0 ? undefined : (tasks[at + 1] ?? tasks[at - 1])?.task_id;
}
