import type { Task } from './task';
import type { UpdateWrite, Write } from './write';

/**
 * Where a write stands:
 * queued (not tried yet) → sending → gone once confirmed;
 * waiting: failed for a passing reason, will be sent again;
 * failed: refused, the person decides between Retry and Discard;
 * conflict: somebody else changed the same field, the person decides whose version stays.
 */
export type EntryState = 'queued' | 'sending' | 'waiting' | 'failed' | 'conflict';

export interface Entry {
  /** Sorts in the order in which the writes were made. */
  readonly id: string;
  readonly write: Write;
  readonly state: EntryState;
  /** How often it was tried in vain. */
  readonly attempts: number;
  /** Why it failed or waits, in words for the person. */
  readonly reason?: string | undefined;
  /** The current task of the server, in a conflict. */
  readonly theirs?: Task | undefined;
}

/** In the order in which the writes were made. */
export type Queue = readonly Entry[];

/**
 * Adds a write. It joins the last write of the same task when that one has never been sent, so
 * that ten changes made offline are one request.
 */
export function enqueue(queue: Queue, id: string, write: Write): Queue {
  const last = queue.findLast((entry) => entry.write.task_id === write.task_id);
  const joined = last?.state === 'queued' && last.attempts === 0 && join(last.write, write);
  if (!last || !joined) return [...queue, { id, write, state: 'queued', attempts: 0 }];
  return change(queue, last.id, { write: joined });
}

/**
 * The writes that may be sent now: of each task the oldest, and only if nothing holds it up.
 * Writes of one task are therefore never on the way together and never overtake each other.
 */
export function sendable(queue: Queue, parallel: number): Queue {
  const busy = queue.filter((entry) => entry.state === 'sending').length;
  const seen = new Set<string>();
  const heads = queue.filter((entry) => {
    const first = !seen.has(entry.write.task_id);
    seen.add(entry.write.task_id);
    return first && entry.state === 'queued';
  });
  return heads.slice(0, Math.max(0, parallel - busy));
}

export function change(queue: Queue, id: string, fields: Partial<Omit<Entry, 'id'>>): Queue {
  return queue.map((entry) => (entry.id === id ? { ...entry, ...fields } : entry));
}

export function remove(queue: Queue, id: string): Queue {
  return queue.filter((entry) => entry.id !== id);
}

/** Drops a write with those that were made on top of it: Discard. */
export function removeFrom(queue: Queue, id: string): Queue {
  const from = queue.find((entry) => entry.id === id);
  if (!from) return queue;
  const after = queue.indexOf(from);
  return queue.filter((entry, index) => index < after || entry.write.task_id !== from.write.task_id);
}

/** After a reload: what was under way may have arrived, so it is sent again, and nothing joins it. */
export function revived(queue: Queue): Queue {
  return queue
    .map((entry) => ({
      ...entry,
      state: entry.state === 'sending' || entry.state === 'waiting' ? ('queued' as const) : entry.state,
      attempts: Math.max(1, entry.attempts),
    }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

function join(first: Write, second: Write): Write | undefined {
  if (second.kind !== 'update') return undefined;
  if (first.kind === 'create') return { ...first, ...second.patch };
  if (first.kind === 'update') return joinUpdates(first, second);
  return undefined;
}

function joinUpdates(first: UpdateWrite, second: UpdateWrite): UpdateWrite {
  return {
    ...second,
    patch: { ...first.patch, ...second.patch },
    base: { ...second.base, ...first.base },
  };
}
