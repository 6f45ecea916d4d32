import { clear, createStore, del, entries, set, type UseStore } from 'idb-keyval';
import type { Entry, Queue } from '../lib/tasks/queue';

/** One record for each write, so that tabs never overwrite each other's queue. */
interface Kept {
  readonly userId: number;
  /** The tab that sends it. */
  readonly tab: string;
  readonly entry: Entry;
}

export interface OutboxStorage {
  /** Brings the records in line with the queue; only what changed is written. */
  keep(queue: Queue): void;
  /** Takes over the writes of this user whose tab is gone. */
  adopt(): Promise<Queue>;
  clear(): Promise<void>;
  /** Resolves when everything so far has been written. */
  written(): Promise<void>;
}

let opened: UseStore | undefined;
const lockOf = (tab: string) => `tms.tab.${tab}`;

/** A tab shows that it lives by holding a lock of its name; the browser lets go of it when the tab ends. */
export function openOutboxStorage(userId: number, tab: string): OutboxStorage {
  let kept: Queue = [];
  // One after another: a removal must not be overtaken by the write before it.
  let chain: Promise<unknown> = holdLock(lockOf(tab));
  const then = (work: () => Promise<unknown>) => {
    chain = chain.then(work).catch(() => undefined);
  };

  return {
    keep(queue) {
      const before = new Map(kept.map((entry) => [entry.id, entry]));
      kept = queue;
      for (const entry of queue) {
        // After a reload everything counts as sent once, so being on the way is no news.
        if (before.get(entry.id) !== entry && entry.state !== 'sending')
          then(() => set(entry.id, { userId, tab, entry } satisfies Kept, database()));
        before.delete(entry.id);
      }
      for (const id of before.keys()) then(() => del(id, database()));
    },
    async adopt() {
      try {
        return await exclusively(async () => {
          const alive = await livingTabs();
          const records = (await entries<string, Kept>(database())).map(([, record]) => record);
          const orphans = records.filter((each) => each.userId === userId && each.tab !== tab && !alive.has(each.tab));
          await Promise.all(
            orphans.map(({ entry }) => set(entry.id, { userId, tab, entry } satisfies Kept, database())),
          );
          const adopted = orphans.map(({ entry }) => entry);
          kept = [...adopted, ...kept];
          return adopted;
        });
      } catch {
        return [];
      }
    },
    written: () => chain.then(() => undefined),
    async clear() {
      kept = [];
      await chain;
      await clear(database()).catch(() => undefined);
    },
  };
}

/** Never released: it ends with the tab. Resolves once it is held. */
function holdLock(name: string): Promise<void> {
  const locks = lockManager();
  if (!locks) return Promise.resolve();
  return new Promise((held) => {
    void locks.request(name, () => {
      held();
      return new Promise(() => undefined);
    });
  });
}

async function livingTabs(): Promise<Set<string>> {
  const { held = [] } = (await lockManager()?.query()) ?? {};
  const prefix = lockOf('');
  return new Set(held.flatMap(({ name }) => (name?.startsWith(prefix) ? [name.slice(prefix.length)] : [])));
}

/** Two tabs that start together must not adopt the same write. */
async function exclusively<T>(work: () => Promise<T>): Promise<T> {
  const locks = lockManager();
  return locks ? locks.request('tms.adopt', work) : work();
}

/** Missing where the page is not served securely. */
function lockManager(): LockManager | undefined {
  return typeof navigator === 'undefined' ? undefined : navigator.locks;
}

/** Opened on first use: without storage the failure is that of the call. */
function database(): UseStore {
  opened ??= createStore('tms-outbox', 'writes');
  return opened;
}
