import type { RefObject } from 'react';
import { type ShortcutHandlers, useShortcuts } from '../../hooks/useShortcuts';
import { undo } from '../../hooks/useUndo';
import type { View } from '../../lib/tasks/filters';
import type { Task } from '../../lib/tasks/task';
import type { TaskListHandle } from './TaskList';
import type { RowActions } from './TaskRow';

/** Ties the keys of the table to the page. */
export function useTaskShortcuts(page: {
  find: (taskId: string) => Task | undefined;
  list: RefObject<TaskListHandle | null>;
  actions: RowActions;
  newTask: () => void;
  search: () => void;
  edit: (taskId: string, focus: 'description' | 'due') => void;
  show: (view: View) => void;
  help: () => void;
}): void {
  const { actions, list } = page;
  /** Does something to the task that has the focus; without one the key is the browser's. */
  const withTask = (work: (task: Task) => void) => () => {
    const task = page.find(focusedTask() ?? '');
    if (!task) return false;
    work(task);
  };
  const go = (view: View) => () => void page.show(view);
  const handlers: ShortcutHandlers = {
    new: () => void page.newTask(),
    search: () => void page.search(),
    next: () => void list.current?.move(1),
    previous: () => void list.current?.move(-1),
    toggle: withTask((task) => actions.toggle(task)),
    // Enter on a button of the row presses that button.
    rename: () => (isCheckbox(document.activeElement) ? withTask((task) => actions.rename(task.task_id))() : false),
    edit: withTask((task) => page.edit(task.task_id, 'description')),
    due: withTask((task) => page.edit(task.task_id, 'due')),
    delete: withTask((task) => actions.remove(task)),
    undo: () => (undo() ? undefined : false),
    inbox: go('inbox'),
    today: go('today'),
    upcoming: go('upcoming'),
    progress: go('in_progress'),
    completed: go('completed'),
    help: () => void page.help(),
  };
  useShortcuts(handlers);
}

function focusedTask(): string | undefined {
  return document.activeElement?.closest<HTMLElement>('[data-task]')?.dataset.task;
}

function isCheckbox(element: Element | null): boolean {
  return element instanceof HTMLInputElement && element.type === 'checkbox';
}
