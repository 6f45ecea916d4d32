import { beforeEach, describe, expect, it } from 'vitest';
import { change, type Entry } from '../lib/tasks/queue';
import { type OutboxStorage, openOutboxStorage } from './outboxStorage';

const entry = (id: string, task_id = id): Entry => ({
  id,
  state: 'queued',
  attempts: 0,
  write: { kind: 'delete', task_id, at: '2026-03-01T09:00:00.000000Z' },
});

/** What the next visit of user 1 finds; opening it waits for nothing, so records are polled for. */
async function found(storage: OutboxStorage): Promise<string[]> {
  await new Promise((resolve) => setTimeout(resolve, 20));
  return (await storage.adopt()).map(({ id }) => id);
}

beforeEach(async () => {
  await openOutboxStorage(1, 'cleaner').clear();
});

describe('outboxStorage', () => {
  it('gives the writes of a tab that is gone to the next', async () => {
    openOutboxStorage(1, 'old').keep([entry('1'), entry('2')]);
    expect(await found(openOutboxStorage(1, 'new'))).toEqual(['1', '2']);
  });

  it('forgets what was confirmed', async () => {
    const old = openOutboxStorage(1, 'old');
    old.keep([entry('1'), entry('2')]);
    old.keep([entry('2')]);
    expect(await found(openOutboxStorage(1, 'new'))).toEqual(['2']);
  });

  it('keeps what the person must decide', async () => {
    const old = openOutboxStorage(1, 'old');
    const queue = [entry('1')];
    old.keep(queue);
    old.keep(change(queue, '1', { state: 'failed', reason: 'Too long.' }));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await openOutboxStorage(1, 'new').adopt()).toMatchObject([{ state: 'failed', reason: 'Too long.' }]);
  });

  it('shows nobody the writes of another user', async () => {
    openOutboxStorage(1, 'old').keep([entry('1')]);
    expect(await found(openOutboxStorage(2, 'new'))).toEqual([]);
  });

  it('adopts a write once', async () => {
    openOutboxStorage(1, 'old').keep([entry('1')]);
    const next = openOutboxStorage(1, 'new');
    expect(await found(next)).toEqual(['1']);
    expect(await found(next)).toEqual([]);
  });
});
