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

/** What the writes make of the tasks that they touch; undefined is "not there". The others stay as they are confirmed. */
export function effects(byId: TaskMap, writes: readonly Write[]): ReadonlyMap<string, Task | undefined> {
  const touched = new Map<string, Task | undefined>();
  for (const write of writes) {
    const id = write.task_id;
    touched.set(id, applyWrite(touched.has(id) ? touched.get(id) : byId.get(id), write));
  }
  return touched;
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
