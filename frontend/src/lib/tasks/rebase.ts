import { sameFields, type Task, type TaskPatch } from './task';
import type { UpdateWrite } from './write';

/** What to do with an update now that the current task is known. */
export type Rebase = 'send' | 'done' | 'conflict';

/**
 * The three-way comparison of what the person saw, what he wrote and what the server has.
 * Texts and dates must not overwrite somebody else's silently; of a status the last word counts.
 */
export function rebase(write: UpdateWrite, current: Task): Rebase {
  if (guardedKeys(write.patch).some((key) => clashes(write, current, key))) return 'conflict';
  return allKeys(write.patch).every((key) => write.patch[key] === current[key]) ? 'done' : 'send';
}

/** Whether the write must carry If-Match. */
export function isGuarded(write: UpdateWrite): boolean {
  return guardedKeys(write.patch).length > 0;
}

/** The same write, on top of what the server has now: "Keep mine". */
export function rebased(write: UpdateWrite, current: Task): UpdateWrite {
  return { ...write, base: sameFields(current, write.patch) };
}

type Key = 'description' | 'due_date' | 'status';

function clashes(write: UpdateWrite, current: Task, key: Key): boolean {
  return current[key] !== write.base[key] && current[key] !== write.patch[key];
}

function guardedKeys(patch: TaskPatch): Key[] {
  return allKeys(patch).filter((key) => key !== 'status');
}

function allKeys(patch: TaskPatch): Key[] {
  return (['description', 'due_date', 'status'] as const).filter((key) => patch[key] !== undefined);
}
