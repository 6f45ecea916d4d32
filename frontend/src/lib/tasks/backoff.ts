/** First pause after a failed request, in milliseconds; each further one is twice as long. */
export const kFirstPause = 1000;
/** A sleeping database or a train tunnel rarely lasts longer; a tab must not hammer either. */
export const kLongestPause = 60_000;

/**
 * How long to wait before the next try. The spread (50 to 100 %) keeps many tabs from coming
 * back in step; what the server asks for with Retry-After is a lower bound.
 */
export function pauseBefore(attempt: number, retryAfter: number, random: number): number {
  const step = Math.min(kLongestPause, kFirstPause * 2 ** Math.max(0, attempt - 1));
  return Math.max(retryAfter, step * (0.5 + random / 2));
}
