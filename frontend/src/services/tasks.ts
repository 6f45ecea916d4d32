import type { TaskDelta, TaskPage } from '../lib/tasks/store';
import type { Task, TaskPatch } from '../lib/tasks/task';
import type { CreateWrite } from '../lib/tasks/write';
import type { components } from './api';
import { takeEarly } from './earlyAnswer';
import { send } from './http';

type Schemas = components['schemas'];
type Answer = Schemas['TaskAnswer'];

/** More than a screen holds; the first page is painted while the others are on their way. As in public/start.js. */
const kFirstPage = 50;
/** The largest page that the API gives: fewest round trips. */
const kNextPage = 200;

/** A page of the plain list, newest first. */
export async function getPage(cursor: string | null, signal?: AbortSignal): Promise<TaskPage> {
  const { data } = await send<Schemas['TaskPage']>('GET', pathOfPage(cursor), { signal });
  return data;
}

/** The first page of the list, once, if public/start.js has asked for it. */
export function takeFirstPage(userId: number, signal?: AbortSignal): Promise<TaskPage | undefined> {
  return takeEarly<Schemas['TaskPage']>(userId, pathOfPage(null), signal);
}

export interface Changes extends TaskDelta {
  readonly more: boolean;
  readonly reset: boolean;
}

/**
 * What changed after `since`. `writes` counts the own writes that were confirmed: on AWS it is part of the cache key, so
 * that nobody is shown the list from before his own change.
 */
export async function getChanges(since: string, writes: number, signal?: AbortSignal): Promise<Changes> {
  const query = new URLSearchParams({ since });
  if (writes > 0) query.set('v', String(writes));
  const { data } = await send<Schemas['TaskChanges']>('GET', `/api/tasks?${query}`, { signal });
  return data;
}

export async function getTask(taskId: string): Promise<Task> {
  return (await send<Answer>('GET', pathOf(taskId))).data.task;
}

/** The id comes from here, so that the same request sent twice creates one task. */
export async function createTask({ task_id, description, due_date, status }: CreateWrite): Promise<Task> {
  const body: Schemas['CreateTaskRequest'] = { task_id, description, due_date, status };
  return (await send<Answer>('POST', '/api/tasks', { body })).data.task;
}

/** With `version` the server refuses (412, with the current task) when somebody else was faster. */
export async function updateTask(taskId: string, patch: TaskPatch, version?: number): Promise<Task> {
  const body: Schemas['UpdateTaskRequest'] = patch;
  const headers: Record<string, string> = version === undefined ? {} : { 'If-Match': `"${version}"` };
  return (await send<Answer>('PATCH', pathOf(taskId), { body, headers })).data.task;
}

/** To the trash. */
export async function deleteTask(taskId: string): Promise<void> {
  await send<void>('DELETE', pathOf(taskId));
}

/** Out of the trash. */
export async function restoreTask(taskId: string): Promise<Task> {
  return (await send<Answer>('POST', `${pathOf(taskId)}/restore`)).data.task;
}

function pathOfPage(cursor: string | null): string {
  const query = new URLSearchParams({ limit: String(cursor === null ? kFirstPage : kNextPage) });
  if (cursor !== null) query.set('cursor', cursor);
  return `/api/tasks?${query}`;
}

function pathOf(taskId: string): string {
  return `/api/tasks/${encodeURIComponent(taskId)}`;
}
