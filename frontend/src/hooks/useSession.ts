import { useSyncExternalStore } from 'react';
import { currentUser, type SignedIn, subscribeSession } from '../services/session';

/** Who is signed in, or null. */
export function useSession(): SignedIn | null {
  return useSyncExternalStore(subscribeSession, currentUser, currentUser);
}
