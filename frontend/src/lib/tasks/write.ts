import type { Task, TaskFields, TaskMap, TaskPatch } from './task';

/**
 * A change that somebody made on this device, as plain data: it can be stored, sent again after a
 * reload, and laid over what the server has confirmed so far.
 */
export type Write = CreateWrite | UpdateWrite | DeleteWrite | RestoreWrite;

export interface CreateWrite extends TaskFields {
  kind: 'create';
  task_id: string;
  at: string;
}

export interface UpdateWrite {
  kind: 'update';
  task_id: string;
  patch: TaskPatch;
  /** What the person saw in those fields: the base of the three-way comparison. */
  base: TaskPatch;
  at: string;
}

export interface DeleteWrite {
  kind: 'delete';
  task_id: string;
  at: string;
}

export interface RestoreWrite {
  kind: 'restore';
  task_id: string;
  /** The task as it was when it was deleted, to show it again at once. */
  task: Task;
  at: string;
}

/** The tasks as the person should see them: confirmed state with the writes laid over it, in order. */
export function overlay(byId: TaskMap, writes: readonly Write[]): TaskMap {
  if (writes.length === 0) return byId;
  const next = new Map(byId);
  for (const write of writes) {
    const task = applyWrite(next.get(write.task_id), write);
    if (task) next.set(write.task_id, task);
    else next.delete(write.task_id);
  }
  return next;
}

/** One task after one write; undefined is "not there". */
export function applyWrite(task: Task | undefined, write: Write): Task | undefined {
  switch (write.kind) {
    case 'create':
      return task ?? created(write);
    case 'update':
      return task && patched(task, write);
    case 'delete':
      return undefined;
    case 'restore':
      return task ?? write.task;
  }
}

function created(write: CreateWrite): Task {
  return {
    task_id: write.task_id,
    list_id: '',
    user_id: 0,
    description: write.description,
    due_date: write.due_date,
    status: write.status,
    created_at: write.at,
    updated_at: write.at,
    completed_at: write.status === 'completed' ? write.at : null,
    version: 0,
  };
}

function patched(task: Task, write: UpdateWrite): Task {
  const next: Task = { ...task, ...write.patch, updated_at: write.at };
  if (next.status !== task.status) next.completed_at = next.status === 'completed' ? write.at : null;
  return next;
}
