import { type Day, daysBetween, weekday } from './day';

// The words are those of the texts, English. Intl knows them as well, but takes 10 ms (40 on a phone) to load its data, and
// the first list of a day waits for it.
const kWeekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const kMonths = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];

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
  if (distance > 1 && distance < 7) return { kind: 'weekday', text: short(kWeekdays[weekday(day)]) };
  const date = `${dateOf(day)} ${short(monthOf(day))}`;
  return { kind: 'date', text: day.slice(0, 4) === today.slice(0, 4) ? date : `${date} ${yearOf(day)}` };
}

/** `Thursday 12 March 2026`, for titles and screen readers. */
export function fullDay(day: Day): string {
  return `${kWeekdays[weekday(day)]} ${dateOf(day)} ${monthOf(day)} ${yearOf(day)}`;
}

/** `12 Mar 2026, 14:05` in the zone of this device. */
export function formatInstant(instant: string): string {
  // Making a formatter costs about a hundred times as much as using it: made once, when it is first needed.
  instantFormat ??= new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
  return instantFormat.format(new Date(instant));
}

let instantFormat: Intl.DateTimeFormat | undefined;

function short(name = ''): string {
  return name.slice(0, 3);
}

function dateOf(day: Day): number {
  return Number(day.slice(8));
}

function monthOf(day: Day): string | undefined {
  return kMonths[Number(day.slice(5, 7)) - 1];
}

function yearOf(day: Day): number {
  return Number(day.slice(0, 4));
}
