import { send } from './http';
import { signedOut } from './session';

/** Ends the session on the server first: a log-out that only forgets is none. */
export async function logOut(): Promise<void> {
  await send<void>('POST', '/api/logout', { reauth: false });
  await signedOut();
}
