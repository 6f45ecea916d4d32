import { isAppError } from './appError';
import { send } from './http';

/** True when the server answers at all; used to find out that a lost connection is back. */
export async function serverAnswers(): Promise<boolean> {
  try {
    await send('GET', '/config.json', { reauth: false, timeout: 5_000 });
    return true;
  } catch (error) {
    return isAppError(error) && error.status !== 0;
  }
}
