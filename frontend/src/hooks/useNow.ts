import { useEffect, useState } from 'react';
import { now } from '../lib/dates/clock';

/**
 * The time in ms since 1970, renewed every `interval` ms, and at once when the page is shown again: timers of a sleeping
 * tab stand still. Zero stops it.
 */
export function useNow(interval: number): number {
  const [time, setTime] = useState(now);
  useEffect(() => {
    if (interval <= 0) return;
    const tick = () => setTime(now());
    tick();
    const timer = setInterval(tick, interval);
    document.addEventListener('visibilitychange', tick);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', tick);
    };
  }, [interval]);
  return time;
}
