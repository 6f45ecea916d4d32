import { lazy, useEffect, useRef } from 'react';

/**
 * Parts of the task page that nobody needs in the first second. They are fetched when the page has become quiet, so
 * that they open at once, also without a connection.
 */
const editor = () => import('./TaskEditor');
const conflict = () => import('./ConflictDialog');
const help = () => import('./ShortcutHelp');

export const TaskEditor = lazy(async () => ({ default: (await editor()).TaskEditor }));
export const ConflictDialog = lazy(async () => ({ default: (await conflict()).ConflictDialog }));
export const ShortcutHelp = lazy(async () => ({ default: (await help()).ShortcutHelp }));

/** A slow connection has brought the tasks by then (milliseconds). */
const kQuiet = 2_000;

/** Fetches the parts for later, once the page has been there for a while. */
export function usePartsForLater(): void {
  useEffect(() => {
    const timer = setTimeout(() => {
      // What fails now is tried again when it is needed.
      for (const part of [editor, conflict, help]) part().catch(() => undefined);
    }, kQuiet);
    return () => clearTimeout(timer);
  }, []);
}

/** True from the first time that `needed` is: a dialog stays in the page, so that closing gives the focus back. */
export function useLater(needed: boolean): boolean {
  const ever = useRef(false);
  if (needed) ever.current = true;
  return ever.current;
}
