import { useCallback, useMemo, useSyncExternalStore } from 'react';

/** Wide enough for the sidebar and the editor beside the list; the same width as the `lg:` classes. */
export const kWide = '(min-width: 64rem)';

/** Fingers: nothing can hover, and a target is 44 px. */
export const kTouch = '(pointer: coarse)';

/** Whether a media query holds now. */
export function useMediaQuery(query: string): boolean {
  // Asking the browser for a list anew at each drawing would cost more than the drawing of a row.
  const media = useMemo(() => matchMedia(query), [query]);
  const subscribe = useCallback(
    (listener: () => void) => {
      media.addEventListener('change', listener);
      return () => media.removeEventListener('change', listener);
    },
    [media],
  );
  return useSyncExternalStore(subscribe, () => media.matches);
}
