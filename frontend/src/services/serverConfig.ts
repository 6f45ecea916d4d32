import { send } from './http';

/** What the server tells everybody about itself. */
export interface ServerConfig {
  /** Where mails are written when no mail server is set up (development), else null. */
  readonly mail_folder: string | null;
  readonly version: string;
}

/** Null when there is no such document (a static host): nothing depends on it. */
export async function serverConfig(): Promise<ServerConfig | null> {
  try {
    return (await send<ServerConfig>('GET', '/config.json', { reauth: false })).data;
  } catch {
    return null;
  }
}
