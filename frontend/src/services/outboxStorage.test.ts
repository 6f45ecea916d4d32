import { beforeEach, describe, expect, it } from 'vitest';
import { change, type Entry, type Queue } from '../lib/tasks/queue';
import { type OutboxStorage, openOutboxStorage } from './outboxStorage';

const entry = (id: string, task_id = id): Entry => ({
  id,
  state: 'queued',
  attempts: 0,
  write: { kind: 'delete', task_id, at: '2026-03-01T09:00:00.000000Z' },
});

/** A tab that keeps these queues one after another and is gone then. */
async function tabWith(...queues: Queue[]): Promise<void> {
  const old = openOutboxStorage(1, 'old');
  for (const queue of queues) old.keep(queue);
  await old.written();
}

async function found(storage: OutboxStorage): Promise<string[]> {
  return (await storage.adopt()).map(({ id }) => id);
}

beforeEach(async () => {
  await openOutboxStorage(1, 'cleaner').clear();
});

describe('outboxStorage', () => {
  it('gives the writes of a tab that is gone to the next', async () => {
    await tabWith([entry('1'), entry('2')]);
    expect(await found(openOutboxStorage(1, 'new'))).toEqual(['1', '2']);
  });

  it('forgets what was confirmed', async () => {
    const [first, second] = [entry('1'), entry('2')];
    await tabWith([first, second], [second]);
    expect(await found(openOutboxStorage(1, 'new'))).toEqual(['2']);
  });

  it('keeps what the person must decide', async () => {
    const queue = [entry('1')];
    await tabWith(queue, change(queue, '1', { state: 'failed', reason: 'Too long.' }));
    expect(await openOutboxStorage(1, 'new').adopt()).toMatchObject([{ state: 'failed', reason: 'Too long.' }]);
  });

  it('shows nobody the writes of another user', async () => {
    await tabWith([entry('1')]);
    expect(await found(openOutboxStorage(2, 'new'))).toEqual([]);
  });

  it('adopts a write once', async () => {
    await tabWith([entry('1')]);
    const next = openOutboxStorage(1, 'new');
    expect(await found(next)).toEqual(['1']);
    expect(await found(next)).toEqual([]);
  });
});
