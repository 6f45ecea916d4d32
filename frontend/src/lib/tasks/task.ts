import type { Day } from '../dates/day';

export type TaskStatus = 'pending' | 'in_progress' | 'completed';

/** A task as the API gives it; times are RFC 3339 in UTC with six digits. */
export interface Task {
  task_id: string;
  list_id: string;
  user_id: number;
  description: string;
  due_date: Day | null;
  status: TaskStatus;
  created_at: string;
  updated_at: string;
  completed_at: string | null;
  version: number;
}

/** The fields that a person can change. */
export type TaskFields = Pick<Task, 'description' | 'due_date' | 'status'>;
export type TaskPatch = Partial<TaskFields>;

/**
 * Tasks by id. A Map, not an object: with 10,000 tasks a changed copy takes 1.3 ms against 4, listing the values 0.02
 * against 2.7. It is stored by structured cloning, which keeps Maps (JSON would not).
 */
export type TaskMap = ReadonlyMap<string, Task>;

/** 1 to 2,000 code points after trimming: the rule of the API. */
export const kDescriptionLimit = 2000;

/** Code points, not UTF-16 units: an emoji counts once, as on the server. */
export function codePoints(text: string): number {
  return [...text].length;
}

export function isOpen(task: Task): boolean {
  return task.status !== 'completed';
}

/** Only the fields of `patch` that differ from the task; undefined when none does. */
export function changedFields(task: TaskFields, patch: TaskPatch): TaskPatch | undefined {
  const changed: TaskPatch = {};
  if (patch.description !== undefined && patch.description !== task.description)
    changed.description = patch.description;
  if (patch.due_date !== undefined && patch.due_date !== task.due_date) changed.due_date = patch.due_date;
  if (patch.status !== undefined && patch.status !== task.status) changed.status = patch.status;
  return Object.keys(changed).length > 0 ? changed : undefined;
}

/** What the task holds in the fields that `patch` touches. */
export function sameFields(task: TaskFields, patch: TaskPatch): TaskPatch {
  const fields: TaskPatch = {};
  if (patch.description !== undefined) fields.description = task.description;
  if (patch.due_date !== undefined) fields.due_date = task.due_date;
  if (patch.status !== undefined) fields.status = task.status;
  return fields;
}
