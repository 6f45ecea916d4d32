import { onlineManager } from '@tanstack/react-query';

/** First wait before a lost server is asked again, and the longest; doubled in between (milliseconds). */
const kFirstProbe = 2_000;
const kLongestProbe = 30_000;

type Probe = () => Promise<boolean>;
let probe: Probe = async () => false;
let timer: ReturnType<typeof setTimeout> | undefined;
let wait = kFirstProbe;

/** Says how to ask whether the server is back. Set once at start. */
export function setProbe(next: Probe): void {
  probe = next;
}

/** A request got an answer, whatever it was: the connection works. */
export function reportReached(): void {
  clearTimeout(timer);
  timer = undefined;
  wait = kFirstProbe;
  if (!onlineManager.isOnline()) onlineManager.setOnline(true);
}

/**
 * A request got no answer. `navigator.onLine` is often still true then (server down, captive portal), so TanStack Query
 * is told, and a small request asks with growing pauses until there is an answer. A hidden page asks nothing.
 */
export function reportUnreachable(): void {
  if (onlineManager.isOnline()) onlineManager.setOnline(false);
  if (timer !== undefined) return;
  timer = setTimeout(() => {
    timer = undefined;
    if (document.visibilityState === 'hidden') {
      document.addEventListener('visibilitychange', () => reportUnreachable(), { once: true });
      return;
    }
    void probe().then((reached) => (reached ? reportReached() : reportUnreachable()));
  }, wait);
  wait = Math.min(wait * 2, kLongestProbe);
}
