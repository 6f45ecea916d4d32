import { send } from './http';

/** What the server tells everybody about itself. */
export interface ServerConfig {
  /** Where mails are written when no mail server is set up (development), else null. */
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
