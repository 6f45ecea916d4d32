import { createStore } from './store';

/** Who is signed in, as far as this browser knows. The session itself is a cookie that no script can read. */
export interface SignedIn {
  readonly user_id: number;
  readonly username: string;
  readonly email: string;
}

type Message = { readonly type: 'signed-in'; readonly user: SignedIn } | { readonly type: 'signed-out' };

/** Why the stores of a user are emptied. */
export type EndReason = 'signed-out' | 'other-user';
type Cleanup = (reason: EndReason) => void | Promise<void>;

const kKey = 'tms.user';
const store = createStore<SignedIn | null>(read());
const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('tms.session');
const cleanups = new Set<Cleanup>();

export const subscribeSession = store.subscribe;

/** The signed-in user, or null: then nothing is asked of the server and the page shows the log-in. */
export function currentUser(): SignedIn | null {
  return store.get();
}

/** Called after a log-in or a confirmed sign-up. Another user than before empties all stores first. */
export async function signedIn(user: SignedIn): Promise<void> {
  await enter(user);
  channel?.postMessage({ type: 'signed-in', user: store.get() } as Message);
}

/** Called after log-out: empties the stores here and in the other tabs. The theme stays. */
export async function signedOut(): Promise<void> {
  await leave();
  channel?.postMessage({ type: 'signed-out' } satisfies Message);
}

/** Registers what must be emptied when the user leaves: query cache, IndexedDB, drafts. Returns the undo. */
export function onSessionEnd(cleanup: Cleanup): () => void {
  cleanups.add(cleanup);
  return () => cleanups.delete(cleanup);
}

async function enter({ user_id, username, email }: SignedIn): Promise<void> {
  const before = store.get();
  if (before && before.user_id !== user_id) await empty('other-user');
  const user = { user_id, username, email };
  write(user);
  store.set(user);
}

async function leave(): Promise<void> {
  write(null);
  await empty('signed-out');
  store.set(null);
}

/** A store that cannot be emptied must not keep the user signed in: the others go on. */
async function empty(reason: EndReason): Promise<void> {
  await Promise.allSettled([...cleanups].map(async (cleanup) => cleanup(reason)));
}

function read(): SignedIn | null {
  try {
    const user = JSON.parse(localStorage.getItem(kKey) ?? 'null') as SignedIn | null;
    return typeof user?.user_id === 'number' ? user : null;
  } catch {
    return null;
  }
}

function write(user: SignedIn | null): void {
  try {
    if (user) localStorage.setItem(kKey, JSON.stringify(user));
    else localStorage.removeItem(kKey);
  } catch {
    // Storage may be blocked: then the sign-in lasts as long as this page.
  }
}

channel?.addEventListener('message', ({ data }: MessageEvent<Message>) => {
  if (data.type === 'signed-in') void enter(data.user);
  else void leave();
});

// A page that comes back from the back/forward cache slept through the messages.
globalThis.addEventListener?.('pageshow', (event) => {
  if (!event.persisted) return;
  const user = read();
  if (user) void enter(user);
  else if (store.get()) void leave();
});
