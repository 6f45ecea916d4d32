import { type ComponentType, createElement, lazy, useState } from 'react';

const kReloadedFor = 'tms.reloaded';

/**
 * A page in its own chunk. After a deploy the old chunk is gone: the page is then loaded anew, once per file, so that a
 * broken build cannot loop.
 *
 * `fetch` brings it before it is drawn; what fails then is tried again when it is. React holds back for 300 ms what comes
 * late into a drawing, however quickly it came.
 */
export function lazyPage(load: () => Promise<ComponentType>) {
  let page: ComponentType | undefined;
  const Late = lazy(async () => {
    try {
      page = await load();
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
  // biome-ignore lint/correctness/noComponentHookFactories: called once for each page, when its module is loaded
  function Page() {
    const [Shown] = useState(() => page ?? Late);
    return createElement(Shown);
  }
  const fetch = async () => {
    page ??= await load().catch(() => undefined);
  };
  return Object.assign(Page, { fetch });
}
