import fc from 'fast-check';
import { fromDayNumber } from '../lib/dates/day';
import type { Task, TaskMap, TaskStatus } from '../lib/tasks/task';
import { applyWrite, type Write } from '../lib/tasks/write';
import { uuidv7 } from '../lib/uuid';

/** A task of which a test names only what matters. */
export function aTask(fields: Partial<Task> = {}): Task {
  const created = fields.created_at ?? '2026-03-01T09:00:00.000000Z';
  return {
    task_id: uuidv7(Date.parse(created)),
    list_id: '0190f3a0-0000-7000-8000-000000000001',
    user_id: 1,
    description: 'Buy milk',
    due_date: null,
    status: 'pending',
    created_at: created,
    updated_at: created,
    completed_at: fields.status === 'completed' ? created : null,
    version: 1,
    ...fields,
  };
}

/** Few ids on purpose, so that generated tasks and writes meet. */
export const anId = fc.constantFrom('a', 'b', 'c', 'd', 'e');

export const aStatus = fc.constantFrom<TaskStatus[]>('pending', 'in_progress', 'completed');

/** Any day of the calendar that the API knows. */
export const aDay = fc.integer({ min: -719_162, max: 2_932_896 }).map(fromDayNumber);

export const arbitraryTask: fc.Arbitrary<Task> = fc
  .record({
    task_id: anId,
    list_id: fc.constantFrom('list-1', 'list-2'),
    description: fc.string({ minLength: 1, maxLength: 12 }),
    due_date: fc.option(aDay),
    status: aStatus,
    version: fc.integer({ min: 1, max: 9 }),
  })
  .map((fields) => aTask(fields));

export function byIdOf(tasks: readonly Task[]): Map<string, Task> {
  return new Map(tasks.map((task) => [task.task_id, task]));
}

/** All tasks as the person should see them: the plain way, against which the quick one is tested. */
export function overlay(byId: TaskMap, writes: readonly Write[]): Map<string, Task> {
  const next = new Map(byId);
  for (const write of writes) {
    const task = applyWrite(next.get(write.task_id), write);
    if (task) next.set(write.task_id, task);
    else next.delete(write.task_id);
  }
  return next;
}
