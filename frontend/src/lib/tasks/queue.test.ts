import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aDay, anId, arbitraryTask, aStatus, aTask, byIdOf, overlay } from '../../test/tasks';
import { change, enqueue, type Queue, remove, removeFrom, revived, sendable } from './queue';
import { effects, type Write } from './write';

const kAt = '2026-03-01T09:00:00.000000Z';
const text = fc.string({ minLength: 1, maxLength: 8 });
const aPatch = fc.record({ description: text, due_date: fc.option(aDay), status: aStatus }, { requiredKeys: [] });
const aWrite: fc.Arbitrary<Write> = fc.oneof(
  fc.record({
    kind: fc.constant('create' as const),
    task_id: anId,
    description: text,
    due_date: fc.option(aDay),
    status: aStatus,
    at: fc.constant(kAt),
  }),
  fc.record({
    kind: fc.constant('update' as const),
    task_id: anId,
    patch: aPatch,
    base: fc.constant({}),
    at: fc.constant(kAt),
  }),
  fc.record({ kind: fc.constant('delete' as const), task_id: anId, at: fc.constant(kAt) }),
  arbitraryTask.map((task) => ({ kind: 'restore' as const, task_id: task.task_id, task, at: kAt })),
);
const someWrites = fc.array(aWrite, { maxLength: 20 });

/** A task is created once: its id is new. */
function withFreshCreates(tasks: readonly { task_id: string }[], writes: readonly Write[]): Write[] {
  const used = new Set(tasks.map((task) => task.task_id));
  return writes.filter((write) => {
    const fresh = !used.has(write.task_id);
    used.add(write.task_id);
    return fresh || write.kind !== 'create';
  });
}

function queueOf(writes: readonly Write[]): Queue {
  return writes.reduce<Queue>((queue, write, index) => enqueue(queue, String(index).padStart(4, '0'), write), []);
}

function writesOf(queue: Queue): Write[] {
  return queue.map((entry) => entry.write);
}

const toggle = (task_id: string, status: 'pending' | 'completed'): Write => ({
  kind: 'update',
  task_id,
  patch: { status },
  base: {},
  at: kAt,
});

describe('enqueue', () => {
  it('joins writes without changing what the person sees', () => {
    fc.assert(
      fc.property(fc.array(arbitraryTask), someWrites, (tasks, made) => {
        const writes = withFreshCreates(tasks, made);
        expect(overlay(byIdOf(tasks), writesOf(queueOf(writes)))).toEqual(overlay(byIdOf(tasks), writes));
      }),
    );
  });

  it('keeps the writes of each task in the order in which they were made', () => {
    fc.assert(
      fc.property(someWrites, (writes) => {
        const ids = queueOf(writes).map((entry) => entry.id);
        expect(ids).toEqual(ids.toSorted());
      }),
    );
  });

  it('joins two fast toggles that were not sent yet into the last state', () => {
    const queue = queueOf([toggle('a', 'completed'), toggle('a', 'pending')]);
    expect(queue).toHaveLength(1);
    expect(queue[0]?.write).toMatchObject({ patch: { status: 'pending' } });
  });

  it('adds nothing to a write that is on the way or was tried', () => {
    const sending = change(queueOf([toggle('a', 'completed')]), '0000', { state: 'sending' });
    expect(enqueue(sending, '0001', toggle('a', 'pending'))).toHaveLength(2);
    const tried = change(queueOf([toggle('a', 'completed')]), '0000', { attempts: 1 });
    expect(enqueue(tried, '0001', toggle('a', 'pending'))).toHaveLength(2);
  });

  it('keeps what the person saw first as the base of joined edits', () => {
    const edit = (from: string, to: string): Write => ({
      kind: 'update',
      task_id: 'a',
      patch: { description: to },
      base: { description: from },
      at: kAt,
    });
    const [entry] = queueOf([edit('one', 'two'), edit('two', 'three')]);
    expect(entry?.write).toMatchObject({ patch: { description: 'three' }, base: { description: 'one' } });
  });
});

describe('sendable', () => {
  it('never sends two writes of one task together, nor more than allowed', () => {
    fc.assert(
      fc.property(someWrites, fc.integer({ min: 1, max: 6 }), (writes, parallel) => {
        const ready = sendable(queueOf(writes), parallel);
        expect(new Set(ready.map((entry) => entry.write.task_id)).size).toBe(ready.length);
        expect(ready.length).toBeLessThanOrEqual(parallel);
      }),
    );
  });

  it('sends every write in order per task when each one succeeds', () => {
    fc.assert(
      fc.property(someWrites, (writes) => {
        let queue = queueOf(writes);
        const planned = queue.map((entry) => entry.id);
        const sent: string[] = [];
        while (queue.length > 0) {
          const ready = sendable(queue, 3);
          expect(ready.length).toBeGreaterThan(0);
          for (const entry of ready) {
            sent.push(entry.id);
            queue = remove(queue, entry.id);
          }
        }
        expect(sent.toSorted()).toEqual(planned);
      }),
    );
  });

  it('holds back what was made on top of a write that failed', () => {
    const first = change(queueOf([toggle('a', 'completed')]), '0000', { state: 'failed' });
    const queue = enqueue(first, '0001', toggle('a', 'pending'));
    expect(sendable(queue, 4)).toEqual([]);
    const other = enqueue(queue, '0002', toggle('b', 'completed'));
    expect(sendable(other, 4).map((entry) => entry.write.task_id)).toEqual(['b']);
  });

  it('counts what is on the way', () => {
    const queue = change(queueOf([toggle('a', 'completed'), toggle('b', 'completed')]), '0000', { state: 'sending' });
    expect(sendable(queue, 1)).toEqual([]);
    expect(sendable(queue, 2)).toHaveLength(1);
  });
});

describe('removeFrom', () => {
  it('discards a write and those on top of it, but not those of other tasks', () => {
    const failed = change(queueOf([toggle('a', 'completed')]), '0000', { state: 'failed' });
    const queue = enqueue(enqueue(failed, '0001', toggle('b', 'completed')), '0002', toggle('a', 'pending'));
    expect(removeFrom(queue, '0000').map((entry) => entry.id)).toEqual(['0001']);
  });
});

describe('revived', () => {
  it('sends again what was on the way, and joins nothing to it', () => {
    const queue = revived(change(queueOf([toggle('a', 'completed')]), '0000', { state: 'sending' }));
    expect(sendable(queue, 4)).toHaveLength(1);
    expect(enqueue(queue, '0001', toggle('a', 'pending'))).toHaveLength(2);
  });
});

describe('effects', () => {
  it('touch what the overlay touches, and nothing else', () => {
    fc.assert(
      fc.property(fc.array(arbitraryTask), someWrites, (tasks, writes) => {
        const byId = byIdOf(tasks);
        const whole = overlay(byId, writes);
        const touched = effects(byId, writes);
        for (const id of new Set([...byId.keys(), ...whole.keys()]))
          expect(touched.has(id) ? touched.get(id) : byId.get(id)).toEqual(whole.get(id));
      }),
    );
  });
});

describe('overlay', () => {
  it('shows a pending field over a delta that brings another version', () => {
    const edit: Write = { kind: 'update', task_id: 'a', patch: { description: 'Mine' }, base: {}, at: kAt };
    const fresh = aTask({ task_id: 'a', version: 7, status: 'in_progress', description: 'Theirs' });
    expect(overlay(byIdOf([fresh]), [edit]).get('a')).toMatchObject({ description: 'Mine', status: 'in_progress' });
  });

  it('leaves other tasks as the same objects, so that only one row is drawn', () => {
    const other = aTask({ task_id: 'b' });
    const seen = overlay(byIdOf([aTask({ task_id: 'a' }), other]), [toggle('a', 'completed')]);
    expect(seen.get('b')).toBe(other);
    expect(seen.get('a')?.completed_at).toBe(kAt);
  });

  it('shows no second task when a create was confirmed but not yet forgotten', () => {
    const confirmed = aTask({ task_id: 'a', description: 'Confirmed', version: 1 });
    const create: Write = {
      kind: 'create',
      task_id: 'a',
      description: 'Typed',
      due_date: null,
      status: 'pending',
      at: kAt,
    };
    const seen = overlay(byIdOf([confirmed]), [create]);
    expect([...seen.values()]).toEqual([confirmed]);
  });
});
