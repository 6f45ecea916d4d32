import { instant, now } from '../lib/dates/clock';
import { createStore } from './store';

/**
 * A sign-up or reset that waits for its code. Lives in sessionStorage, so that a reload loses nothing; it holds no
 * secret: neither the password nor the code. Instants in ms since 1970 by this device's clock.
 */
export interface PendingCode {
  readonly purpose: 'signup' | 'reset';
  readonly flow: string;
  readonly email: string;
  readonly username: string;
  readonly next: string;
  readonly expiresAt: number;
  readonly resendAt: number;
}

/** Raised when the shape changes: what an older page stored is then forgotten. */
const kKey = 'tms.code.1';

export const pendingCode = createStore<PendingCode | null>(read());

/** Remembers what the server answered. `serverNow` is its clock in ms, so that a wrong clock here does no harm. */
export function waitForCode(
  about: Pick<PendingCode, 'purpose' | 'email'> & Partial<Pick<PendingCode, 'username' | 'next'>>,
  answer: { readonly flow: string; readonly expires_at: string; readonly resend_at: string },
  serverNow = now(),
): void {
  const here = now();
  save({
    username: '',
    next: '',
    ...about,
    flow: answer.flow,
    expiresAt: here + instant(answer.expires_at) - serverNow,
    resendAt: here + instant(answer.resend_at) - serverNow,
  });
}

/** A throttle asks for more patience than the flow said. */
export function postponeResend(seconds: number): void {
  const code = pendingCode.get();
  if (code) save({ ...code, resendAt: now() + seconds * 1000 });
}

export function forgetCode(): void {
  save(null);
}

/** "ada.lovelace@example.org" as "a•••@example.org": enough to see a wrong address, little for who looks on. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  return at < 1 ? email : `${email.slice(0, 1)}•••${email.slice(at)}`;
}

function save(code: PendingCode | null): void {
  pendingCode.set(code);
  try {
    if (code) sessionStorage.setItem(kKey, JSON.stringify(code));
    else sessionStorage.removeItem(kKey);
  } catch {
    // Storage may be blocked: the flow lasts as long as the page.
  }
}

function read(): PendingCode | null {
  try {
    return JSON.parse(sessionStorage.getItem(kKey) ?? 'null') as PendingCode | null;
  } catch {
    return null;
  }
}
