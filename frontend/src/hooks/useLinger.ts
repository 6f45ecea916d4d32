import { createStore } from '../services/store';
import { useStore } from './useStore';

/** How long a task that was just completed stays where it was, so that the tick can be seen (milliseconds). */
const kLinger = 1_000;

const store = createStore<ReadonlySet<string>>(new Set());

/** Keeps a task in the list for a moment although it does not fit there any more. */
export function linger(taskId: string): void {
  store.set(new Set([...store.get(), taskId]));
  setTimeout(() => store.set(new Set([...store.get()].filter((id) => id !== taskId))), kLinger);
}

/** Another list was chosen: nothing belongs there that does not fit. */
export function stopLingering(): void {
  if (store.get().size > 0) store.set(new Set());
}

export function useLingering(): ReadonlySet<string> {
  return useStore(store);
}
