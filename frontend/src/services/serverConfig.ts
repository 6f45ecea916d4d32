import { send } from './http';

/** What the server tells everybody about itself. */
export interface ServerConfig {
  /** Where mails are written when no mail server is set up (development); null otherwise. */
  readonly mail_folder: string | null;
  readonly version: string;
}

let asked: Promise<ServerConfig | null> | undefined;

/** Asks once. Null when there is no such document (a static host): nothing depends on it. */
export function serverConfig(): Promise<ServerConfig | null> {
  asked ??= send<ServerConfig>('GET', '/config.json', { reauth: false }).then(
    ({ data }) => data,
    () => {
      asked = undefined;
      return null;
    },
  );
  return asked;
}

/** True when the server answers at all; used to find out that a lost connection is back. */
export async function serverAnswers(): Promise<boolean> {
  try {
    await send('GET', '/config.json', { reauth: false, timeout: 5_000 });
    return true;
  } catch (error) {
    return error instanceof Error && 'status' in error && error.status !== 0;
  }
}
