import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Task } from '../lib/tasks/task';
import type { Write } from '../lib/tasks/write';
import { aTask } from '../test/tasks';
import { AppError } from './appError';
import { createOutbox } from './outbox';
import { WriteConflict } from './performWrite';

const kAt = '2026-03-01T09:00:00.000000Z';
const create = (task_id: string): Write => ({
  kind: 'create',
  task_id,
  description: `Task ${task_id}`,
  due_date: null,
  status: 'pending',
  at: kAt,
});
const toggle = (task_id: string, status: 'pending' | 'completed'): Write => ({
  kind: 'update',
  task_id,
  patch: { status },
  base: {},
  at: kAt,
});
const edit = (task_id: string, description: string): Write => ({
  kind: 'update',
  task_id,
  patch: { description },
  base: { description: 'Seen' },
  at: kAt,
});

interface Call {
  write: Write;
  succeed(task?: Task | null): Promise<void>;
  fail(error: unknown): Promise<void>;
}

function setUp() {
  const calls: Call[] = [];
  const state = { online: true, ids: 0 };
  const confirmed = vi.fn();
  const refused = vi.fn();
  const settled = vi.fn();
  const outbox = createOutbox({
    perform: (write) =>
      new Promise((resolve, reject) => {
        calls.push({
          write,
          succeed: async (task = null) => {
            resolve(task);
            await vi.advanceTimersByTimeAsync(0);
          },
          fail: async (error) => {
            reject(error);
            await vi.advanceTimersByTimeAsync(0);
          },
        });
      }),
    confirmed,
    refused,
    settled,
    isOnline: () => state.online,
    later: (work) => work(),
    newId: () => String(++state.ids).padStart(4, '0'),
    random: () => 1,
  });
  const call = (index: number): Call => {
    const found = calls[index];
    if (!found) throw new Error(`no call ${index}`);
    return found;
  };
  const states = () => outbox.queue.get().map((entry) => entry.state);
  return { outbox, calls, call, state, confirmed, refused, settled, states };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('outbox', () => {
  it('sends the writes of one task one after another, and those of others beside them', async () => {
    const { outbox, calls, call } = setUp();
    outbox.add(create('a'));
    outbox.add(toggle('a', 'completed'));
    outbox.add(create('b'));
    expect(calls.map(({ write }) => write)).toEqual([create('a'), create('b')]);
    await call(0).succeed(aTask());
    expect(call(2).write).toEqual(toggle('a', 'completed'));
  });

  it('ends two fast toggles in the last state', async () => {
    const { outbox, calls, call } = setUp();
    outbox.add(toggle('a', 'completed'));
    outbox.add(toggle('a', 'pending'));
    expect(calls).toHaveLength(1);
    await call(0).succeed(aTask());
    expect(call(1).write).toMatchObject({ patch: { status: 'pending' } });
  });

  it('forgets a write only after what it did is taken in', async () => {
    const { outbox, call, confirmed, settled } = setUp();
    confirmed.mockImplementation(() => expect(outbox.queue.get()).toHaveLength(1));
    outbox.add(create('a'));
    await call(0).succeed(aTask({ task_id: 'a' }));
    expect(confirmed).toHaveBeenCalledOnce();
    expect(outbox.queue.get()).toEqual([]);
    expect(settled).toHaveBeenCalledOnce();
  });

  it('tries again with growing pauses while there is no answer, and never gives up', async () => {
    const { outbox, calls, call, states } = setUp();
    outbox.add(create('a'));
    for (let attempt = 0; attempt < 8; attempt++) {
      await call(attempt).fail(new AppError('offline'));
      expect(states()).toEqual(['waiting']);
      await vi.advanceTimersByTimeAsync(Math.min(60_000, 1000 * 2 ** attempt) - 1);
      expect(calls).toHaveLength(attempt + 1);
      await vi.advanceTimersByTimeAsync(1);
      expect(calls).toHaveLength(attempt + 2);
    }
  });

  it('waits as long as the server asks', async () => {
    const { outbox, calls, call } = setUp();
    outbox.add(create('a'));
    await call(0).fail(new AppError('refused', 429, {}, 30));
    await vi.advanceTimersByTimeAsync(29_999);
    expect(calls).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(calls).toHaveLength(2);
  });

  it('keeps a new task that the server cannot store, and sends it again on Retry', async () => {
    const { outbox, calls, call, states, refused } = setUp();
    outbox.add(create('a'));
    for (let attempt = 0; attempt < 4; attempt++) {
      await call(attempt).fail(new AppError('refused', 500));
      if (attempt < 3) await vi.advanceTimersByTimeAsync(60_000);
    }
    expect(states()).toEqual(['failed']);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(calls).toHaveLength(4);
    outbox.retry('0001');
    await call(4).succeed(aTask());
    expect(states()).toEqual([]);
    expect(refused).not.toHaveBeenCalled();
  });

  it('keeps a refused text with the reason until it is discarded', async () => {
    const { outbox, call, states } = setUp();
    outbox.add(edit('a', 'x'));
    outbox.add(toggle('a', 'completed'));
    await call(0).fail(new AppError('refused', 422, { detail: 'Too long.' }));
    expect(outbox.queue.get()[0]).toMatchObject({ state: 'failed', reason: 'Too long.' });
    outbox.discard('0001');
    expect(states()).toEqual([]);
  });

  it('takes a refused tick back and says so', async () => {
    const { outbox, call, states, refused } = setUp();
    const error = new AppError('refused', 422);
    outbox.add(toggle('a', 'completed'));
    await call(0).fail(error);
    expect(states()).toEqual([]);
    expect(refused).toHaveBeenCalledExactlyOnceWith(toggle('a', 'completed'), error);
  });

  it('gives up an edit of a task that is gone', async () => {
    const { outbox, call, refused, states } = setUp();
    outbox.add(edit('a', 'x'));
    await call(0).fail(new AppError('refused', 404));
    expect(states()).toEqual([]);
    expect(refused).toHaveBeenCalledOnce();
  });

  it('keeps everything when nobody signs in again', async () => {
    const { outbox, call, states, refused } = setUp();
    outbox.add(toggle('a', 'completed'));
    await call(0).fail(new AppError('refused', 401));
    expect(states()).toEqual(['failed']);
    expect(refused).not.toHaveBeenCalled();
  });

  it('leaves a conflict to the person, and puts his version on top when he says so', async () => {
    const { outbox, call, states } = setUp();
    const theirs = aTask({ task_id: 'a', description: 'Theirs', version: 5 });
    outbox.add(edit('a', 'Mine'));
    await call(0).fail(new WriteConflict(theirs));
    expect(outbox.queue.get()[0]).toMatchObject({ state: 'conflict', theirs });
    outbox.keepMine('0001');
    expect(states()).toEqual(['sending']);
    expect(call(1).write).toMatchObject({ patch: { description: 'Mine' }, base: { description: 'Theirs' } });
  });

  it('sends nothing while offline and everything when the connection is back', async () => {
    const { outbox, calls, state } = setUp();
    state.online = false;
    outbox.add(create('a'));
    outbox.add(create('b'));
    expect(calls).toEqual([]);
    state.online = true;
    outbox.retryWaiting();
    expect(calls).toHaveLength(2);
  });

  it('does not wait for the pause when the connection is back', async () => {
    const { outbox, calls, call } = setUp();
    outbox.add(create('a'));
    await call(0).fail(new AppError('timeout'));
    outbox.retryWaiting();
    expect(calls).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(calls).toHaveLength(2);
  });

  it('sends what an earlier visit left behind before newer writes of the same task', async () => {
    const { outbox, call } = setUp();
    outbox.adopt([{ id: '0000', write: create('a'), state: 'sending', attempts: 0 }]);
    outbox.add(toggle('a', 'completed'));
    expect(call(0).write).toEqual(create('a'));
    await call(0).succeed(aTask({ task_id: 'a' }));
    expect(call(1).write).toEqual(toggle('a', 'completed'));
  });

  it('ignores an answer that comes after the session ended', async () => {
    const { outbox, call, confirmed } = setUp();
    outbox.add(create('a'));
    outbox.clear();
    await call(0).succeed(aTask());
    expect(confirmed).not.toHaveBeenCalled();
  });
});
