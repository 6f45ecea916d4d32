import { createStore, del, get, set, type UseStore } from 'idb-keyval';
import type { TaskStore } from '../lib/tasks/store';
import { currentUser } from './session';

/** Raised when the form of the store changes: what an older release kept is then simply loaded anew. */
const kForm = 1;
/** Storing ten thousand tasks takes about 25 ms (100 on a phone): never in the middle of somebody's work. */
const kQuiet = 5_000;

/** The id of whose tasks are kept, as far as known without opening the store: public/start.js reads it. */
const kSign = 'tms.kept';

let opened: UseStore | undefined;

let pending: { userId: number; store: TaskStore } | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

/** What an earlier visit of this user saw, or nothing. A browser without storage has no memory, and works. */
export async function recallTasks(userId: number): Promise<TaskStore | undefined> {
  try {
    const kept = await get<{ form: number; store: TaskStore }>(userId, database());
    const store = kept?.form === kForm ? kept.store : undefined;
    // Stores and sign can part: an older release wrote none, and a browser may empty the one and not the other.
    sign(store && userId);
    return store;
  } catch {
    return undefined;
  }
}

/** Keeps the tasks when nothing has changed for a while, or at once when the page goes out of sight. */
export function rememberTasks(userId: number, store: TaskStore): void {
  pending = { userId, store };
  clearTimeout(timer);
  timer = setTimeout(() => whenIdle(() => void writeTasks()), kQuiet);
}

/** Writes what is due to be kept. */
export async function writeTasks(): Promise<void> {
  clearTimeout(timer);
  const next = pending;
  pending = undefined;
  // Whoever signed out meanwhile leaves nothing behind.
  if (!next || currentUser()?.user_id !== next.userId) return;
  // Before the store: of a page that is being left nothing runs after it.
  sign(next.userId);
  await set(next.userId, { form: kForm, store: next.store }, database()).catch(() => sign(undefined));
}

export async function forgetTasks(userId: number): Promise<void> {
  clearTimeout(timer);
  pending = undefined;
  sign(undefined);
  await del(userId, database()).catch(() => undefined);
}

/** A wrong sign costs a request too many or a moment, never a wrong list. */
function sign(userId: number | undefined): void {
  try {
    if (userId === undefined) localStorage.removeItem(kSign);
    else localStorage.setItem(kSign, String(userId));
  } catch {
    // Storage may be blocked.
  }
}

function whenIdle(work: () => void): void {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(work, { timeout: kQuiet });
  else work();
}

/** Opened on first use: without storage the failure is that of the call. */
function database(): UseStore {
  opened ??= createStore('tms-tasks', 'tasks');
  return opened;
}
