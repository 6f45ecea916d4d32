import { describe, expect, it, vi } from 'vitest';
import type { TaskPage, TaskStore } from '../lib/tasks/store';
import type { Task } from '../lib/tasks/task';
import { json, networkDown, problem, stubFetch } from '../test/fetch';
import { aTask, byIdOf } from '../test/tasks';
import { syncTasks } from './taskSync';

const [a, b, c] = ['a', 'b', 'c'].map((task_id) => aTask({ task_id })) as [Task, Task, Task];
const page = (tasks: Task[], next_cursor: string | null, since: string) => json(200, { tasks, next_cursor, since });
const changes = (over: object) =>
  json(200, { tasks: [], deleted: [], removed_lists: [], since: 's9', more: false, reset: false, ...over });

function setUp(initial?: TaskStore, remembered?: TaskStore, early?: TaskPage) {
  const painted: TaskStore[] = [];
  const state = { store: initial, epoch: 0 };
  const place = {
    read: () => state.store,
    paint: (store: TaskStore) => {
      state.store = store;
      painted.push(store);
    },
    drawn: async () => undefined,
    remembered: async () => remembered,
    early: vi.fn(async () => early),
    epoch: () => state.epoch,
    writes: () => 0,
  };
  return { place, painted, state };
}

const complete = (tasks: Task[]): TaskStore => ({ since: 's1', cursor: null, byId: byIdOf(tasks) });
const ids = (store?: TaskStore) => [...(store?.byId.keys() ?? [])];

describe('syncTasks', () => {
  it('paints after the first page and asks what changed since that page', async () => {
    const { place, painted } = setUp();
    const requests = stubFetch({
      'GET /api/tasks?limit=50': page([a], 'next', 's1'),
      'GET /api/tasks?limit=200&cursor=next': page([b], null, 's2'),
      'GET /api/tasks?since=s1': changes({ tasks: [c] }),
    });
    const store = await syncTasks(place);
    expect(ids(painted[0])).toEqual(['a']);
    expect(ids(store)).toEqual(['a', 'b', 'c']);
    expect(store.since).toBe('s9');
    expect(requests).toHaveLength(3);
  });

  it('asks for the second page when the first has been drawn', async () => {
    const { place, painted } = setUp();
    const requests = stubFetch({
      'GET /api/tasks?limit=50': page([a], 'next', 's1'),
      'GET /api/tasks?limit=200&cursor=next': page([b], null, 's2'),
      'GET /api/tasks?since=s1': changes({}),
    });
    let draw = () => {};
    const drawn = new Promise<void>((done) => {
      draw = done;
    });
    const synced = syncTasks({ ...place, drawn: () => drawn });
    await vi.waitFor(() => expect(ids(painted[0])).toEqual(['a']));
    await new Promise((done) => setTimeout(done));
    expect(requests).toHaveLength(1);
    draw();
    expect(ids(await synced)).toEqual(['a', 'b']);
  });

  it('needs one request when everything fits on a page', async () => {
    const { place } = setUp();
    const requests = stubFetch({ 'GET /api/tasks?limit=50': page([a], null, 's1') });
    expect(ids(await syncTasks(place))).toEqual(['a']);
    expect(requests).toHaveLength(1);
  });

  it('takes a first page that was asked for early, and goes on with the next', async () => {
    const { place, painted } = setUp(undefined, undefined, { tasks: [a], next_cursor: 'next', since: 's1' });
    const requests = stubFetch({
      'GET /api/tasks?limit=200&cursor=next': page([b], null, 's2'),
      'GET /api/tasks?since=s1': changes({}),
    });
    expect(ids(await syncTasks(place))).toEqual(['a', 'b']);
    expect(ids(painted[0])).toEqual(['a']);
    expect(place.early).toHaveBeenCalledTimes(1);
    expect(requests).toHaveLength(2);
  });

  it('asks only for changes when it remembers, whatever was asked for early', async () => {
    const { place } = setUp(undefined, complete([a]), { tasks: [b], next_cursor: null, since: 's0' });
    stubFetch({ 'GET /api/tasks?since=s1': changes({}) });
    expect(ids(await syncTasks(place))).toEqual(['a']);
    expect(place.early).not.toHaveBeenCalled();
  });

  it('asks again while there is more', async () => {
    const { place } = setUp(complete([a]));
    stubFetch({
      'GET /api/tasks?since=s1': changes({ tasks: [b], since: 's2', more: true }),
      'GET /api/tasks?since=s2': changes({ deleted: ['a'], since: 's3' }),
    });
    const store = await syncTasks(place);
    expect(ids(store)).toEqual(['b']);
    expect(store.since).toBe('s3');
  });

  it('paints what an earlier visit kept before it asks', async () => {
    const { place, painted } = setUp(undefined, complete([a]));
    stubFetch({
      'GET /api/tasks?since=s1': () => {
        expect(ids(painted[0])).toEqual(['a']);
        return changes({ tasks: [b] });
      },
    });
    expect(ids(await syncTasks(place))).toEqual(['a', 'b']);
  });

  it('keeps the screen as it is until a list that must be loaded anew is here', async () => {
    const { place, painted } = setUp(complete([a]));
    stubFetch({
      'GET /api/tasks?since=s1': changes({ reset: true }),
      'GET /api/tasks?limit=50': page([b], 'next', 's5'),
      'GET /api/tasks?limit=200&cursor=next': page([c], null, 's6'),
      'GET /api/tasks?since=s5': changes({}),
    });
    await syncTasks(place);
    expect(painted.map(ids)[0]).toEqual(['b', 'c']);
  });

  it('starts anew when the server does not know the mark', async () => {
    const { place } = setUp(complete([a]));
    stubFetch({
      'GET /api/tasks?since=s1': problem(400, 'invalid_since'),
      'GET /api/tasks?limit=50': page([b], null, 's5'),
      'GET /api/tasks?since=s5': changes({}),
    });
    expect(ids(await syncTasks(place))).toEqual(['b']);
  });

  it('goes on with the first load where it was interrupted', async () => {
    const { place, state } = setUp();
    stubFetch({
      'GET /api/tasks?limit=50': page([a], 'next', 's1'),
      'GET /api/tasks?limit=200&cursor=next': networkDown,
    });
    await expect(syncTasks(place)).rejects.toMatchObject({ kind: 'offline' });
    expect(ids(state.store)).toEqual(['a']);
    const requests = stubFetch({
      'GET /api/tasks?limit=200&cursor=next': page([b], null, 's2'),
      'GET /api/tasks?since=s1': changes({}),
    });
    await syncTasks(place);
    expect(requests).toHaveLength(2);
  });

  it('does not bring back a task that was deleted while the answer was on its way', async () => {
    const { place, state } = setUp(complete([a, b]));
    stubFetch({
      'GET /api/tasks?since=s1': [
        () => {
          state.store = complete([b]);
          state.epoch++;
          return changes({ tasks: [aTask({ task_id: 'a', version: 2 })] });
        },
        changes({ deleted: ['a'] }),
      ],
    });
    expect(ids(await syncTasks(place))).toEqual(['b']);
  });
});
