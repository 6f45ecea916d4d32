import { send } from './http';
import { signedOut } from './session';

/** One signed-in device. Instants are RFC 3339 in UTC. */
export interface Device {
  readonly session_id: string;
  readonly created_at: string;
  readonly last_seen: string;
  readonly user_agent: string;
  readonly address: string;
  readonly current: boolean;
}

/** Sets a new password; the other sessions end, this one stays. */
export async function changePassword(body: { current_password: string; new_password: string }): Promise<void> {
  await send<void>('POST', '/api/me/password', { body });
}

export async function listDevices(signal?: AbortSignal): Promise<readonly Device[]> {
  return (await send<{ sessions: Device[] }>('GET', '/api/sessions', { signal })).data.sessions;
}

export async function endDevice(id: string): Promise<void> {
  await send<void>('DELETE', `/api/sessions/${encodeURIComponent(id)}`);
}

/** Signs out everywhere, here too. */
export async function endAllDevices(): Promise<void> {
  await send<void>('DELETE', '/api/sessions');
  await signedOut();
}
