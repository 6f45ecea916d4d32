import { send } from './http';
import { type SignedIn, signedIn, signedOut } from './session';

/** A code was sent, or the same answer without one. Instants are RFC 3339 in UTC. */
export interface CodeFlow {
  readonly flow: string;
  readonly expires_at: string;
  readonly resend_at: string;
}

export interface User extends SignedIn {
  readonly created_at: string;
}

/** These calls come before a session: their 401 is an answer to the form. */
const beforeSession = { reauth: false } as const;

export async function signUp(body: { username: string; email: string; password: string }): Promise<CodeFlow> {
  return (await send<CodeFlow>('POST', '/api/signup', { ...beforeSession, body })).data;
}

/** Confirms the address and signs in. `username` only to take another name after `username_taken`. */
export async function verifyOtp(body: { flow: string; otp: string; username?: string }): Promise<User> {
  const { data } = await send<{ user: User }>('POST', '/api/verify-otp', { ...beforeSession, body });
  await signedIn(data.user);
  return data.user;
}

export async function resendOtp(flow: string): Promise<CodeFlow> {
  return (await send<CodeFlow>('POST', '/api/resend-otp', { ...beforeSession, body: { flow } })).data;
}

/** `username` may be an e-mail address. */
export async function logIn(body: { username: string; password: string }): Promise<User> {
  const { data } = await send<{ user: User }>('POST', '/api/login', { ...beforeSession, body });
  await signedIn(data.user);
  return data.user;
}

/** Ends the session on the server first: a log-out that only forgets is none. */
export async function logOut(): Promise<void> {
  await send<void>('POST', '/api/logout', beforeSession);
  await signedOut();
}

export async function forgotPassword(email: string): Promise<CodeFlow> {
  return (await send<CodeFlow>('POST', '/api/forgot-password', { ...beforeSession, body: { email } })).data;
}

/** Sets the password; all sessions of the user end, so this browser forgets him, too. */
export async function resetPassword(body: { flow: string; otp: string; new_password: string }): Promise<void> {
  await send<void>('POST', '/api/reset-password', { ...beforeSession, body });
  await signedOut();
}
