import { type FocusEvent, type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react';
import type { Task } from '../../lib/tasks/task';

/**
 * Keeps the keyboard's place in the list. When the row with the focus leaves, the one that takes its place gets it, or
 * the one before; in an empty list `onEmptied` says where it goes. `reveal` brings a row into sight that is not drawn.
 */
export function useRowFocus(
  list: RefObject<HTMLUListElement | null>,
  tasks: readonly Task[],
  onEmptied: () => void,
  reveal: RefObject<(index: number) => void>,
) {
  const [index, setIndex] = useState(-1);
  const place = useRef<{ index: number; taskId: string } | null>(null);
  const wanted = useRef<string | null>(null);
  const latest = useRef(tasks);
  latest.current = tasks;

  const go = useCallback(
    (to: number) => {
      const at = Math.min(Math.max(0, to), latest.current.length - 1);
      const task = latest.current[at];
      if (!task) return;
      wanted.current = task.task_id;
      place.current = { index: at, taskId: task.task_id };
      setIndex(at);
      if (!focusBox(list.current, task.task_id)) reveal.current(at);
      else wanted.current = null;
    },
    [list, reveal],
  );

  const move = useCallback(
    (by: number) => {
      const inside = list.current?.contains(document.activeElement) ?? false;
      go(inside && place.current ? place.current.index + by : 0);
    },
    [go, list],
  );

  const focusTask = useCallback(
    (taskId: string) => {
      const at = latest.current.findIndex((task) => task.task_id === taskId);
      if (at >= 0) go(at);
    },
    [go],
  );

  const onFocus = useCallback(({ target }: FocusEvent) => {
    const taskId = (target as HTMLElement).closest<HTMLElement>('[data-task]')?.dataset.task;
    const at = latest.current.findIndex((task) => task.task_id === taskId);
    if (!taskId || at < 0) return;
    place.current = { index: at, taskId };
    setIndex(at);
  }, []);

  useLayoutEffect(() => {
    if (wanted.current && focusBox(list.current, wanted.current)) wanted.current = null;
    const was = place.current;
    if (!was || wanted.current || tasks.some((task) => task.task_id === was.taskId)) return;
    place.current = null;
    // Only a focus that was lost is put somewhere: whoever went on elsewhere stays there.
    if (document.activeElement !== document.body && document.activeElement !== null) return;
    if (tasks.length === 0) onEmptied();
    else go(was.index);
  }, [tasks, go, list, onEmptied]);

  return { index, move, focusTask, onFocus };
}

function focusBox(list: HTMLUListElement | null, taskId: string): boolean {
  const box = list?.querySelector<HTMLInputElement>(`[data-task="${CSS.escape(taskId)}"] input[type=checkbox]`);
  box?.focus();
  return box !== null && box !== undefined;
}
