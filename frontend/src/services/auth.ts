import { instant, now } from '../lib/dates/clock';
import type { components } from './api';
import { type PendingCode, waitForCode } from './codeFlow';
import { type Answer, send } from './http';
import { signedIn, signedOut } from './session';

type Schemas = components['schemas'];
export type User = Schemas['User'];
/** A code was sent, or the same answer without one. */
export type FlowAnswer = Schemas['FlowAnswer'];

/** These calls come before a session: their 401 is an answer to the form. */
const beforeSession = { reauth: false } as const;

/** Begins a sign-up; its code is then pending (services/codeFlow). `next` is where to go after it. */
export async function signUp(body: Schemas['SignupRequest'], next = ''): Promise<void> {
  const answer = await send<FlowAnswer>('POST', '/api/signup', { ...beforeSession, body });
  keep({ purpose: 'signup', email: body.email, username: body.username, next }, answer);
}

/** Confirms the address and signs in. `username` only to take another name after `username_taken`. */
export async function verifyOtp(body: Schemas['VerifyOtpRequest']): Promise<User> {
  const { data } = await send<Schemas['UserAnswer']>('POST', '/api/verify-otp', { ...beforeSession, body });
  await signedIn(data.user);
  return data.user;
}

/** Sends a new code for the pending flow; the old one ends. */
export async function resendOtp(code: PendingCode): Promise<void> {
  keep(code, await send<FlowAnswer>('POST', '/api/resend-otp', { ...beforeSession, body: { flow: code.flow } }));
}

/** `username` may be an e-mail address. */
export async function logIn(body: Schemas['LoginRequest']): Promise<User> {
  const { data } = await send<Schemas['UserAnswer']>('POST', '/api/login', { ...beforeSession, body });
  await signedIn(data.user);
  return data.user;
}

/** Begins a reset; its code is then pending, whether the address has an account or not. */
export async function forgotPassword(email: string): Promise<void> {
  const answer = await send<FlowAnswer>('POST', '/api/forgot-password', { ...beforeSession, body: { email } });
  keep({ purpose: 'reset', email }, answer);
}

/** Sets the password. All sessions of the user end, so this browser forgets its user, too. */
export async function resetPassword(body: Schemas['ResetPasswordRequest']): Promise<void> {
  await send<void>('POST', '/api/reset-password', { ...beforeSession, body });
  await signedOut();
}

function keep(about: Parameters<typeof waitForCode>[0], { data, headers }: Answer<FlowAnswer>): void {
  const serverNow = headers.get('Date');
  waitForCode(about, data, serverNow ? instant(serverNow) : now());
}
