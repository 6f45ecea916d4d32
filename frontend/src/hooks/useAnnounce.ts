import { createStore } from '../services/store';
import { useStore } from './useStore';

const store = createStore('');

/** Says something to screen readers, politely, without showing it. */
export function announce(text: string): void {
  // The same words twice in a row would not be read again: a space that nobody hears makes them new.
  store.set(store.get() === text ? `${text}\u00a0` : text);
}

export function useAnnouncement(): string {
  return useStore(store);
}
