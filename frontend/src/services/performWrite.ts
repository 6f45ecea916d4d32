import { isGuarded, rebase } from '../lib/tasks/rebase';
import type { Task } from '../lib/tasks/task';
import type { UpdateWrite, Write } from '../lib/tasks/write';
import { AppError, isAppError } from './appError';
import * as api from './tasks';

/** Somebody else changed the same field: the person decides. */
export class WriteConflict extends Error {
  constructor(readonly theirs: Task) {
    super('conflict');
  }
}

/** How often an update is put on top of a newer version before it counts as failed. */
const kMostRebases = 5;

/**
 * Sends one write. Returns the task as it is now, or null when it is in the trash.
 * `known` is the task as the server last confirmed it; with it goes the version of If-Match.
 */
export async function performWrite(write: Write, known: Task | undefined): Promise<Task | null> {
  switch (write.kind) {
    case 'create':
      return api.createTask(write);
    case 'update':
      return isGuarded(write) ? guardedUpdate(write, known) : api.updateTask(write.task_id, write.patch);
    case 'delete':
      await api.deleteTask(write.task_id).catch(ignoreMissing);
      return null;
    case 'restore':
      return api.restoreTask(write.task_id);
  }
}

/** Texts and dates: never over a change of somebody else, never a false alarm because another field changed. */
async function guardedUpdate(write: UpdateWrite, known: Task | undefined): Promise<Task> {
  let current = known ?? (await api.getTask(write.task_id));
  for (let tries = 0; ; tries++) {
    const verdict = rebase(write, current);
    if (verdict === 'conflict') throw new WriteConflict(current);
    // Only a version that the server has just named proves that nothing is left to do.
    if (verdict === 'done' && tries > 0) return current;
    try {
      return await api.updateTask(write.task_id, write.patch, current.version);
    } catch (error) {
      if (!isAppError(error) || error.status !== 412 || tries >= kMostRebases) throw error;
      current = await theirVersion(error, write.task_id);
    }
  }
}

async function theirVersion(error: AppError, taskId: string): Promise<Task> {
  const told = error.problem.task as Task | undefined;
  return told?.task_id === taskId ? told : api.getTask(taskId);
}

/** What is gone already need not be deleted. */
function ignoreMissing(error: unknown): void {
  if (!(error instanceof AppError) || error.status !== 404) throw error;
}
