import { pauseBefore } from '../lib/tasks/backoff';
import type { Entry, Queue } from '../lib/tasks/queue';
import * as queues from '../lib/tasks/queue';
import { rebased } from '../lib/tasks/rebase';
import type { Task } from '../lib/tasks/task';
import type { Write } from '../lib/tasks/write';
import { type AppError, isAppError } from './appError';
import { WriteConflict } from './performWrite';
import { createStore, type Store } from './store';

/** Enough to be quick after a time offline, too few to crowd out reads (HTTP/1.1 allows six). */
const kParallel = 4;
/** Faults of the server (5xx) are tried this often before the person is asked. */
const kTries = 4;

export interface OutboxParts {
  /** Sends one write; see performWrite. */
  readonly perform: (write: Write) => Promise<Task | null>;
  /** A write was confirmed: the task as it is now, or null when it is gone. */
  readonly confirmed: (write: Write, task: Task | null) => void;
  /** A write was given up and its effect taken back; the person must be told. */
  readonly refused: (write: Write, error: AppError) => void;
  /** Nothing is left to send. */
  readonly settled: () => void;
  readonly isOnline: () => boolean;
  /** Runs work after the screen has been painted: sending takes milliseconds that the person would wait for. */
  readonly later: (work: () => void) => void;
  readonly newId: () => string;
  readonly random: () => number;
}

/** The writes that the server has not confirmed. What is in `queue` is laid over the tasks on the screen. */
export interface Outbox {
  readonly queue: Store<Queue>;
  add(write: Write): void;
  /** Takes in what an earlier visit left behind. */
  adopt(entries: Queue): void;
  /** Sends at once what waits or failed: "Retry", or the connection is back. */
  retry(id: string): void;
  retryWaiting(): void;
  /** Gives up a write with everything made on top of it. */
  discard(id: string): void;
  /** Ends a conflict: the person's version goes over theirs. */
  keepMine(id: string): void;
  clear(): void;
}

export function createOutbox(parts: OutboxParts): Outbox {
  const queue = createStore<Queue>([]);
  const timers = new Map<string, ReturnType<typeof setTimeout>>();

  function pump(): void {
    if (!parts.isOnline()) return;
    for (const entry of queues.sendable(queue.get(), kParallel)) {
      set(entry.id, { state: 'sending' });
      void run(entry);
    }
  }

  async function run(entry: Entry): Promise<void> {
    try {
      const task = await parts.perform(entry.write);
      if (!isQueued(entry.id)) return;
      // First the confirmed state, then the overlay goes: the other way round the row would flicker.
      parts.confirmed(entry.write, task);
      queue.set(queues.remove(queue.get(), entry.id));
      if (queue.get().every(isStuck)) parts.settled();
    } catch (error) {
      if (isQueued(entry.id)) fail(entry, error);
    }
    pump();
  }

  function fail(entry: Entry, error: unknown): void {
    const attempts = entry.attempts + 1;
    switch (verdictOn(entry.write, attempts, error)) {
      case 'decide':
        set(entry.id, { state: 'conflict', theirs: (error as WriteConflict).theirs });
        break;
      case 'wait':
        wait(entry, attempts, error as AppError);
        break;
      case 'ask':
        set(entry.id, { state: 'failed', attempts, reason: isAppError(error) ? error.problem.detail : undefined });
        break;
      case 'give up':
        queue.set(queues.removeFrom(queue.get(), entry.id));
        parts.refused(entry.write, error as AppError);
    }
  }

  function wait(entry: Entry, attempts: number, error: AppError): void {
    set(entry.id, { state: 'waiting', attempts });
    const pause = pauseBefore(attempts, (error.retryAfter ?? 0) * 1000, parts.random());
    stop(entry.id);
    timers.set(
      entry.id,
      setTimeout(() => again(entry.id), pause),
    );
  }

  function again(id: string): void {
    stop(id);
    set(id, { state: 'queued', reason: undefined });
    pump();
  }

  function set(id: string, fields: Partial<Omit<Entry, 'id'>>): void {
    queue.set(queues.change(queue.get(), id, fields));
  }

  function stop(id: string): void {
    clearTimeout(timers.get(id));
    timers.delete(id);
  }

  const isQueued = (id: string) => queue.get().some((entry) => entry.id === id);

  return {
    queue,
    add(write) {
      queue.set(queues.enqueue(queue.get(), parts.newId(), write));
      parts.later(pump);
    },
    adopt(entries) {
      queue.set([...queues.revived(entries), ...queue.get()]);
      pump();
    },
    retry: again,
    retryWaiting() {
      for (const entry of queue.get()) if (entry.state === 'waiting') again(entry.id);
      pump();
    },
    discard(id) {
      stop(id);
      queue.set(queues.removeFrom(queue.get(), id));
      pump();
    },
    keepMine(id) {
      const entry = queue.get().find((each) => each.id === id);
      if (entry?.state !== 'conflict' || !entry.theirs || entry.write.kind !== 'update') return;
      set(id, { state: 'queued', write: rebased(entry.write, entry.theirs), theirs: undefined });
      pump();
    },
    clear() {
      for (const id of [...timers.keys()]) stop(id);
      queue.set([]);
    },
  };
}

/** A person must decide; sending goes on without it. */
function isStuck(entry: Entry): boolean {
  return entry.state === 'failed' || entry.state === 'conflict';
}

/** What becomes of a write that failed: tried again, or left to the person, or taken back. */
function verdictOn(write: Write, attempts: number, error: unknown): 'wait' | 'decide' | 'ask' | 'give up' {
  if (error instanceof WriteConflict) return 'decide';
  if (!isAppError(error)) return 'ask';
  if (error.kind !== 'refused' || error.status === 429 || error.status === 503) return 'wait';
  if (error.status >= 500 && attempts < kTries) return 'wait';
  if (error.status === 401) return 'ask';
  // Gone, or read-only: trying again cannot help.
  if (error.status === 404 || error.status === 403) return 'give up';
  return holdsText(write) ? 'ask' : 'give up';
}

/** What somebody typed is kept until he discards it; a tick that was refused simply flips back. */
function holdsText(write: Write): boolean {
  return write.kind === 'create' || (write.kind === 'update' && write.patch.description !== undefined);
}
