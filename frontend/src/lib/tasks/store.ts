import type { Task, TaskMap } from './task';

/**
 * What the server has told us, and nothing else: writes that it has not confirmed lie over it
 * (see write.ts). Plain data, so that it survives structured cloning.
 */
export interface TaskStore {
  /** Where the next delta begins; an opaque text of the server, null before the first page. */
  readonly since: string | null;
  /** The next page of the first load; null once it is complete. */
  readonly cursor: string | null;
  readonly byId: TaskMap;
}

/** A page of the plain list. */
export interface TaskPage {
  readonly tasks: readonly Task[];
  readonly next_cursor: string | null;
  readonly since: string;
}

/** The answer to `since`: what changed, and what is gone. */
export interface TaskDelta {
  readonly tasks: readonly Task[];
  readonly deleted: readonly string[];
  readonly removed_lists: readonly string[];
  readonly since: string;
}

export const kEmptyStore: TaskStore = { since: null, cursor: null, byId: new Map() };

/** Whether the first load is behind us: from then on deltas are enough. */
export function isComplete(store: TaskStore): boolean {
  return store.since !== null && store.cursor === null;
}

/** Adds a page of the first load; the `since` of the first page is the one that counts. */
export function mergePage(store: TaskStore, page: TaskPage): TaskStore {
  return {
    since: store.since ?? page.since,
    cursor: page.next_cursor,
    byId: putAll(store.byId, page.tasks),
  };
}

/** Tasks that the delta does not name keep their identity. */
export function mergeDelta(store: TaskStore, delta: TaskDelta): TaskStore {
  const kept = without(store.byId, delta.deleted, delta.removed_lists);
  return { ...store, since: delta.since, byId: putAll(kept, delta.tasks) };
}

/** Takes in the answer to a write. */
export function putTask(store: TaskStore, task: Task): TaskStore {
  return { ...store, byId: putAll(store.byId, [task]) };
}

export function dropTask(store: TaskStore, taskId: string): TaskStore {
  return { ...store, byId: without(store.byId, [taskId], []) };
}

/** An older version never replaces a newer one: answers may arrive out of order. */
function putAll(byId: TaskMap, tasks: readonly Task[]): TaskMap {
  const isNews = (known: TaskMap, task: Task) => (known.get(task.task_id)?.version ?? 0) < task.version;
  if (!tasks.some((task) => isNews(byId, task))) return byId;
  const next = new Map(byId);
  for (const task of tasks) if (isNews(next, task)) next.set(task.task_id, task);
  return next;
}

function without(byId: TaskMap, ids: readonly string[], lists: readonly string[]): TaskMap {
  const gone = ids.filter((id) => byId.has(id));
  if (lists.length > 0) for (const task of byId.values()) if (lists.includes(task.list_id)) gone.push(task.task_id);
  if (gone.length === 0) return byId;
  const next = new Map(byId);
  for (const id of gone) next.delete(id);
  return next;
}
