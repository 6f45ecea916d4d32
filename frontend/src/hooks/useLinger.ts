import { onSessionEnd } from '../services/session';
import { createStore } from '../services/store';
import { useStore } from './useStore';

/** How long a task that was just completed stays where it was, so that the tick can be seen (milliseconds). */
const kLinger = 1_000;

const store = createStore<ReadonlySet<string>>(new Set());
const timers = new Map<string, ReturnType<typeof setTimeout>>();

/** Keeps a task in the list for a moment, counted from the last call, although it does not fit there any more. */
export function linger(taskId: string): void {
  clearTimeout(timers.get(taskId));
  timers.set(
    taskId,
    setTimeout(() => {
      timers.delete(taskId);
      store.set(new Set(timers.keys()));
    }, kLinger),
  );
  store.set(new Set(timers.keys()));
}

/** Another list was chosen: nothing belongs there that does not fit. */
export function stopLingering(): void {
  if (timers.size === 0) return;
  for (const timer of timers.values()) clearTimeout(timer);
  timers.clear();
  store.set(new Set());
}

export function useLingering(): ReadonlySet<string> {
  return useStore(store);
}

onSessionEnd(stopLingering);
