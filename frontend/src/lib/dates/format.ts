import { type Day, daysBetween, utcDate } from './day';

const weekday = shared({ weekday: 'short', timeZone: 'UTC' });
const dayMonth = shared({ day: 'numeric', month: 'short', timeZone: 'UTC' });
const dayMonthYear = shared({ day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const full = shared({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
const inLocalZone = shared({ dateStyle: 'medium', timeStyle: 'short' });

/**
 * How people say a day. `today`, `tomorrow` and `yesterday` are words that the caller
 * translates; the other kinds bring their own text.
 */
export type SpokenDay = { kind: 'today' | 'tomorrow' | 'yesterday' } | { kind: 'weekday' | 'date'; text: string };

/** Today, Tomorrow, Fri (within six days), 12 Mar, 12 Mar 2027 (another year). */
export function spokenDay(day: Day, today: Day): SpokenDay {
  const distance = daysBetween(today, day);
  if (distance === 0) return { kind: 'today' };
  if (distance === 1) return { kind: 'tomorrow' };
  if (distance === -1) return { kind: 'yesterday' };
  if (distance > 1 && distance < 7) return { kind: 'weekday', text: weekday(utcDate(day)) };
  const format = day.slice(0, 4) === today.slice(0, 4) ? dayMonth : dayMonthYear;
  return { kind: 'date', text: format(utcDate(day)) };
}

/** `Thursday, 12 March 2026`, for titles and screen readers. */
export function fullDay(day: Day): string {
  return full(utcDate(day));
}

/** `12 Mar 2026, 14:05` in the zone of this device. */
export function formatInstant(instant: string): string {
  return inLocalZone(new Date(instant));
}

/** Making a formatter costs about a hundred times as much as using it: each is made once, when it is first needed. */
function shared(options: Intl.DateTimeFormatOptions): (date: Date) => string {
  let format: Intl.DateTimeFormat | undefined;
  return (date) => {
    format ??= new Intl.DateTimeFormat('en-GB', options);
    return format.format(date);
  };
}
