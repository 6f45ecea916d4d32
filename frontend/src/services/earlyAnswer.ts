import { currentUser, onSessionEnd } from './session';

/** A request that public/start.js sent before the code of the page was there. */
export interface Early {
  /** Who was signed in then. */
  readonly userId: number;
  readonly path: string;
  readonly answer: Promise<Response>;
  readonly stop: AbortController;
}

declare global {
  var tmsEarly: Early | undefined;
}

/** Longer than a page loads. Who comes later, such as after a log-out and a log-in, gets a fresh answer (milliseconds). */
const kOldest = 30_000;

/**
 * The data of the early answer, once. Undefined, and then the caller asks as always, unless it is for this path and this
 * person, who is still signed in, of this load of the page, and good: every failure is left to the ordinary request,
 * which knows what to do about it.
 */
export async function takeEarly<T>(userId: number, path: string, signal?: AbortSignal): Promise<T | undefined> {
  const early = globalThis.tmsEarly;
  if (!early || signal?.aborted) return undefined;
  globalThis.tmsEarly = undefined;
  const stop = () => early.stop.abort();
  if (early.userId !== userId || early.path !== path || performance.now() > kOldest) {
    stop();
    return undefined;
  }
  signal?.addEventListener('abort', stop, { once: true });
  try {
    const response = await early.answer;
    const data: unknown = response.ok ? await response.json() : undefined;
    return signal?.aborted || currentUser()?.user_id !== userId ? undefined : (data as T | undefined);
  } catch {
    return undefined;
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

/** Nobody needs it any more. */
export function dropEarly(): void {
  globalThis.tmsEarly?.stop.abort();
  globalThis.tmsEarly = undefined;
}

onSessionEnd(dropEarly);
