import type { components } from './api';
import { send } from './http';
import { signedOut } from './session';

type Schemas = components['schemas'];
/** One signed-in device. */
export type Device = Schemas['Session'];

/** Sets a new password; the other sessions end, this one stays. */
export async function changePassword(body: Schemas['ChangePasswordRequest']): Promise<void> {
  await send<void>('POST', '/api/me/password', { body });
}

export async function listDevices(signal?: AbortSignal): Promise<readonly Device[]> {
  return (await send<Schemas['SessionsAnswer']>('GET', '/api/sessions', { signal })).data.sessions;
}

export async function endDevice(id: string): Promise<void> {
  await send<void>('DELETE', `/api/sessions/${encodeURIComponent(id)}`);
}

/** Signs out everywhere, here too. */
export async function endAllDevices(): Promise<void> {
  await send<void>('DELETE', '/api/sessions');
  await signedOut();
}
