import { onlineManager } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';

const subscribe = (listener: () => void) => onlineManager.subscribe(listener);
const get = () => onlineManager.isOnline();

/** False while the browser is offline or the server cannot be reached. */
export function useOnline(): boolean {
  return useSyncExternalStore(subscribe, get, get);
}
