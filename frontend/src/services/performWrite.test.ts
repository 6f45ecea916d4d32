import { describe, expect, it } from 'vitest';
import type { TaskPatch } from '../lib/tasks/task';
import type { UpdateWrite } from '../lib/tasks/write';
import { json, noContent, problem, stubFetch } from '../test/fetch';
import { aTask } from '../test/tasks';
import { performWrite, WriteConflict } from './performWrite';

const kAt = '2026-03-01T09:00:00.000000Z';
const update = (patch: TaskPatch, base: TaskPatch): UpdateWrite => ({
  kind: 'update',
  task_id: 'a',
  patch,
  base,
  at: kAt,
});
const seen = aTask({ task_id: 'a', description: 'Seen', version: 3 });

describe('performWrite', () => {
  it('sends a new text on top of the version that was seen', async () => {
    const requests = stubFetch({ 'PATCH /api/tasks/a': json(200, { task: { ...seen, version: 4 } }) });
    await performWrite(update({ description: 'Mine' }, { description: 'Seen' }), seen);
    expect(requests[0]?.headers.get('If-Match')).toBe('"3"');
    expect(requests[0]?.body).toEqual({ description: 'Mine' });
  });

  it('merges a status without a condition', async () => {
    const requests = stubFetch({ 'PATCH /api/tasks/a': json(200, { task: seen }) });
    await performWrite(update({ status: 'completed' }, { status: 'pending' }), seen);
    expect(requests[0]?.headers.has('If-Match')).toBe(false);
  });

  it('goes on top of a newer version when another field changed there', async () => {
    const newer = { ...seen, status: 'in_progress', version: 7 };
    const requests = stubFetch({
      'PATCH /api/tasks/a': [
        problem(412, 'version_conflict', { task: newer }),
        json(200, { task: { ...newer, description: 'Mine', version: 8 } }),
      ],
    });
    const task = await performWrite(update({ description: 'Mine' }, { description: 'Seen' }), seen);
    expect(requests.map((request) => request.headers.get('If-Match'))).toEqual(['"3"', '"7"']);
    expect(task?.version).toBe(8);
  });

  it('reports both versions when the same field changed there', async () => {
    const theirs = { ...seen, description: 'Theirs', version: 7 };
    const requests = stubFetch({ 'PATCH /api/tasks/a': problem(412, 'version_conflict', { task: theirs }) });
    const sent = performWrite(update({ description: 'Mine' }, { description: 'Seen' }), seen);
    await expect(sent).rejects.toEqual(new WriteConflict(theirs as typeof seen));
    expect(requests).toHaveLength(1);
  });

  it('does not even ask when the change of somebody else is known already', async () => {
    const requests = stubFetch({});
    const theirs = { ...seen, description: 'Theirs', version: 7 };
    const sent = performWrite(update({ description: 'Mine' }, { description: 'Seen' }), theirs);
    await expect(sent).rejects.toBeInstanceOf(WriteConflict);
    expect(requests).toEqual([]);
  });

  it('is done when the version of somebody else says the same', async () => {
    const same = { ...seen, description: 'Mine', version: 7 };
    const requests = stubFetch({ 'PATCH /api/tasks/a': problem(412, 'version_conflict', { task: same }) });
    expect(await performWrite(update({ description: 'Mine' }, { description: 'Seen' }), seen)).toEqual(same);
    expect(requests).toHaveLength(1);
  });

  it('asks for the task first when it is not known, such as after a restart', async () => {
    const requests = stubFetch({
      'GET /api/tasks/a': json(200, { task: seen }),
      'PATCH /api/tasks/a': json(200, { task: seen }),
    });
    await performWrite(update({ due_date: null }, { due_date: null, description: 'Seen' }), undefined);
    expect(requests.map((request) => request.method)).toEqual(['GET', 'PATCH']);
  });

  it('counts a task that is gone as deleted', async () => {
    stubFetch({ 'DELETE /api/tasks/a': [problem(404, 'not_found'), noContent()] });
    expect(await performWrite({ kind: 'delete', task_id: 'a', at: kAt }, seen)).toBeNull();
    expect(await performWrite({ kind: 'delete', task_id: 'a', at: kAt }, seen)).toBeNull();
  });

  it('creates with the id of this device', async () => {
    const requests = stubFetch({ 'POST /api/tasks': json(201, { task: seen }) });
    await performWrite(
      { kind: 'create', task_id: 'a', description: 'Seen', due_date: null, status: 'pending', at: kAt },
      undefined,
    );
    expect(requests[0]?.body).toEqual({ task_id: 'a', description: 'Seen', due_date: null, status: 'pending' });
  });
});
