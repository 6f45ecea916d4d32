import { now } from '../lib/dates/clock';
import { createStore } from './store';

/** A serverless database that paused is starting. `since` in ms since 1970, `expected` in seconds. */
export interface Waking {
  readonly since: number;
  readonly expected: number;
}

/** What people are told; measured for Aurora Serverless v2: about 15 s. */
const kExpectedSeconds = 15;
/** A database that has not come up after this many waits (at 5 s each: a minute and a half) is a failure. */
const kMostWaits = 18;
const kDefaultWait = 5;

export const waking = createStore<Waking | null>(null);
let waiters = 0;

/**
 * Waits before the next attempt while the database wakes, and shows it. False when it is time to give up.
 * `attempt` counts from 0, `seconds` is the server's Retry-After.
 */
export async function waitForDatabase(attempt: number, seconds = kDefaultWait, signal?: AbortSignal): Promise<boolean> {
  if (attempt >= kMostWaits) return false;
  if (!waking.get()) waking.set({ since: now(), expected: kExpectedSeconds });
  waiters++;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, seconds * 1000);
    signal?.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
  // The next answer decides: still waking sets the store again, so it is cleared a little later.
  setTimeout(() => {
    waiters--;
    if (waiters === 0) waking.set(null);
  }, kClearDelay);
  return !signal?.aborted;
}

/** Longer than a quick answer takes, so that the bar does not blink between two attempts. */
const kClearDelay = 800;
