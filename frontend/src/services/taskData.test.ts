import { onlineManager } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { aUser } from '../test/builders';
import { json, networkDown, noContent, stubFetch } from '../test/fetch';
import { aTask, byIdOf } from '../test/tasks';
import { queryClient } from './queryClient';
import { signedIn, signedOut } from './session';
import { rememberTasks, writeTasks } from './taskCache';
import { confirmedTask, outbox, startTasks } from './taskData';

const task = aTask({ task_id: 'a' });
const early = { userId: 1, path: '/api/tasks?limit=50' };
const empty = () => json(200, { tasks: [], next_cursor: null, since: 's2' });
const page = (description: string, next_cursor: string | null = null) =>
  json(200, { tasks: [{ ...task, description }], next_cursor, since: 's1' });

function askedEarly(answer: Response) {
  const stop = new AbortController();
  globalThis.tmsEarly = { ...early, answer: Promise.resolve(answer), stop };
  return stop.signal;
}

beforeEach(() => signedIn(aUser()));
afterEach(async () => {
  await signedOut();
  onlineManager.setOnline(true);
  vi.unstubAllGlobals();
});

describe('startTasks', () => {
  it('resolves with the first page, while the next is on its way', async () => {
    stubFetch({
      'GET /api/tasks?limit=50': page('first', 'next'),
      'GET /api/tasks?limit=200&cursor=next': () => new Promise<Response>(() => undefined),
    });
    await startTasks();
    expect(confirmedTask('a')?.description).toBe('first');
  });

  it('resolves when nothing could be brought', async () => {
    queryClient.setDefaultOptions({ queries: { retry: false } });
    stubFetch({ 'GET /api/tasks?limit=50': networkDown, 'GET /config.json': networkDown });
    await startTasks();
    expect(confirmedTask('a')).toBeUndefined();
  });
});

describe('a list that was asked for early', () => {
  it('is shown without asking again', async () => {
    const requests = stubFetch({});
    askedEarly(page('early'));
    await startTasks();
    expect(confirmedTask('a')?.description).toBe('early');
    expect(requests).toEqual([]);
  });

  it('serves the first load only', async () => {
    const requests = stubFetch({ 'GET /api/tasks?limit=50': page('ordinary') });
    askedEarly(page('early'));
    await startTasks();
    queryClient.clear();
    await signedOut();
    await signedIn(aUser());
    await startTasks();
    expect(confirmedTask('a')?.description).toBe('ordinary');
    expect(requests).toHaveLength(1);
  });

  it('is stopped and forgotten when this browser remembers the tasks after all', async () => {
    rememberTasks(1, { byId: byIdOf([task]), cursor: null, since: 's1' });
    await writeTasks();
    stubFetch({
      'GET /api/tasks?since=s1': json(200, {
        tasks: [],
        deleted: [],
        removed_lists: [],
        since: 's2',
        more: false,
        reset: false,
      }),
    });
    const signal = askedEarly(page('early'));
    await startTasks();
    await vi.waitFor(() => expect(signal.aborted).toBe(true));
    expect(confirmedTask('a')?.description).toBe(task.description);
    expect(globalThis.tmsEarly).toBeUndefined();
  });

  it('is not shown when a deletion that it does not know of has been confirmed', async () => {
    const requests = stubFetch({ 'DELETE /api/tasks/a': noContent(), 'GET /api/tasks?limit=50': empty() });
    outbox.add({ kind: 'delete', task_id: 'a', at: task.updated_at });
    await vi.waitFor(() => expect(outbox.queue.get()).toEqual([]));
    askedEarly(page('early'));
    await startTasks();
    expect(confirmedTask('a')).toBeUndefined();
    expect(requests.map(({ method }) => method)).toEqual(['DELETE', 'GET']);
  });
});
