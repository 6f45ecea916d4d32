import { createStore } from '../services/store';
import { useStore } from './useStore';

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
  /** Milliseconds it stays, not counting the time it is hovered, focused or hidden. */
  readonly duration: number;
}

/** Long enough to read a sentence and reach "Undo" by keyboard. */
const kDuration = 8_000;
/** More would cover the list; the oldest goes first. */
const kMost = 3;

const store = createStore<readonly Toast[]>([]);
let lastId = 0;

/** Shows a message; returns its id. */
export function showToast(toast: Omit<Toast, 'id' | 'duration'> & { duration?: number }): number {
  const id = ++lastId;
  store.set([...store.get(), { duration: kDuration, ...toast, id }].slice(-kMost));
  return id;
}

export function dismissToast(id: number): void {
  store.set(store.get().filter((toast) => toast.id !== id));
}

export function useToasts(): readonly Toast[] {
  return useStore(store);
}
