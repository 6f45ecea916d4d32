import { useCallback, useSyncExternalStore } from 'react';

/** Wide enough for the sidebar and the editor beside the list; the same width as the `lg:` classes. */
export const kWide = '(min-width: 64rem)';

/** Whether a media query holds now. */
export function useMediaQuery(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const media = matchMedia(query);
      media.addEventListener('change', listener);
      return () => media.removeEventListener('change', listener);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches);
}
