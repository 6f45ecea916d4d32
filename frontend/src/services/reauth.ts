import { AppError } from './appError';
import { currentUser, onSessionEnd, subscribeSession } from './session';
import { createStore } from './store';

interface Waiting {
  readonly userId: number;
  readonly promise: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: AppError) => void;
}

/** Open while requests wait for the sign-in dialog. */
export const reauthOpen = createStore(false);
let waiting: Waiting | null = null;

/**
 * Opens the sign-in dialog, once for many requests. Resolves when this user is signed in again (here or in another
 * tab), rejects with `not_signed_in` when somebody else signed in or the dialog was left.
 */
export function askToSignIn(userId: number): Promise<void> {
  if (currentUser()?.user_id !== userId) return Promise.reject(notSignedIn());
  if (!waiting) {
    let resolve: () => void = () => undefined;
    let reject: (error: AppError) => void = () => undefined;
    const promise = new Promise<void>((yes, no) => {
      resolve = yes;
      reject = no;
    });
    // Every caller handles the refusal; without callers it is nobody's error.
    promise.catch(() => undefined);
    waiting = { userId, promise, resolve, reject };
    reauthOpen.set(true);
  }
  return waiting.promise;
}

/** The session works again: the waiting requests are sent once more. */
export function signedInAgain(): void {
  finish((request) => request.resolve());
}

/** The dialog was left: the waiting requests fail. */
export function giveUpSignIn(): void {
  finish((request) => request.reject(notSignedIn()));
}

function finish(tell: (request: Waiting) => void): void {
  const request = waiting;
  waiting = null;
  reauthOpen.set(false);
  if (request) tell(request);
}

function notSignedIn(): AppError {
  return new AppError('refused', 401, { code: 'not_signed_in' });
}

onSessionEnd(giveUpSignIn);
// Another tab signed the same user in.
subscribeSession(() => {
  if (waiting && currentUser()?.user_id === waiting.userId) signedInAgain();
});
