import { type ComponentType, lazy } from 'react';

const kReloadedFor = 'tms.reloaded';

/**
 * A page in its own chunk. After a deploy the old chunk is gone: the page is then loaded anew, once per file, so that a
 * broken build cannot loop.
 */
export function lazyPage(load: () => Promise<ComponentType>) {
  return lazy(async () => {
    try {
      const page = await load();
      sessionStorage.removeItem(kReloadedFor);
      return { default: page };
    } catch (error) {
      const failed = error instanceof Error ? error.message : String(error);
      if (sessionStorage.getItem(kReloadedFor) === failed) throw error;
      sessionStorage.setItem(kReloadedFor, failed);
      location.reload();
      return new Promise<never>(() => undefined);
    }
  });
}
