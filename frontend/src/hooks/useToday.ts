import { useEffect, useState } from 'react';
import { type Day, today } from '../lib/dates/day';
import { millisToMidnight } from '../lib/dates/now';

/** Timers drift and laptops sleep: looked at this often besides midnight itself (milliseconds). */
const kLook = 60_000;

/** The local day. Renders again only when the day changes: at midnight, or when the page wakes up on another day. */
export function useToday(): Day {
  const [day, setDay] = useState(() => today());
  useEffect(() => {
    const look = () => setDay(today());
    let midnight = setTimeout(function strike() {
      look();
      midnight = setTimeout(strike, millisToMidnight() + 1);
    }, millisToMidnight() + 1);
    const timer = setInterval(look, kLook);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearTimeout(midnight);
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, []);
  return day;
}
