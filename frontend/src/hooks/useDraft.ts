import { useCallback, useEffect, useRef } from 'react';
import { currentUser, onSessionEnd } from '../services/session';

/** Text is kept this long after the last letter (milliseconds). */
const kPause = 300;
const kPrefix = 'tms.draft.';

export interface Draft<T> {
  /** What was typed and not sent, or null. Read once, when the form opens. */
  readonly initial: T | null;
  readonly keep: (value: T) => void;
  readonly forget: () => void;
}

/**
 * What somebody is typing survives a reload: kept under `name` for this user, until it is sent or he signs out.
 * A browser without storage simply forgets.
 */
export function useDraft<T>(name: string): Draft<T> {
  const key = `${kPrefix}${currentUser()?.user_id ?? 0}.${name}`;
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const waiting = useRef<(() => void) | null>(null);
  const initial = useRef<{ key: string; value: T | null }>(undefined);
  if (initial.current?.key !== key) initial.current = { key, value: readDraft<T>(key) };

  const flush = useCallback(() => {
    clearTimeout(timer.current);
    waiting.current?.();
    waiting.current = null;
  }, []);
  const keep = useCallback(
    (value: T) => {
      clearTimeout(timer.current);
      waiting.current = () => writeDraft(key, value);
      timer.current = setTimeout(flush, kPause);
    },
    [key, flush],
  );
  const forget = useCallback(() => {
    clearTimeout(timer.current);
    waiting.current = null;
    writeDraft(key, null);
  }, [key]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: when another object is opened, the text of this one is kept
  useEffect(() => flush, [key, flush]);
  return { initial: initial.current.value, keep, forget };
}

function readDraft<T>(key: string): T | null {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null') as T | null;
  } catch {
    return null;
  }
}

function writeDraft(key: string, value: unknown): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Storage is full or blocked: the text is still in the form.
  }
}

onSessionEnd(() => {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(kPrefix)) localStorage.removeItem(key);
  } catch {
    // Without storage there is nothing to remove.
  }
});
