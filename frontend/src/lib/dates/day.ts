/**
 * Calendar days as `YYYY-MM-DD`: floating dates without a time or a zone, the way `due_date`
 * travels. Arithmetic runs on day numbers, so no daylight-saving change can shift a day.
 */
export type Day = string;

const kMillisPerDay = 86_400_000;

/** Whether the text is a day that exists, from 0001-01-01 to 9999-12-31. */
export function isDay(text: string): boolean {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  return parts !== null && !text.startsWith('0000') && fromDayNumber(dayNumber(text)) === text;
}

/** The day the clock of this device shows now. */
export function today(now: Date = new Date()): Day {
  return formatDay(now.getFullYear(), now.getMonth() + 1, now.getDate());
}

export function addDays(day: Day, days: number): Day {
  return fromDayNumber(dayNumber(day) + days);
}

/** How many days `to` lies after `from`; negative when it lies before. */
export function daysBetween(from: Day, to: Day): number {
  return dayNumber(to) - dayNumber(from);
}

/** 0 is Sunday, 6 is Saturday. */
export function weekday(day: Day): number {
  return (((dayNumber(day) + 4) % 7) + 7) % 7;
}

/** The next Monday strictly after the day. */
export function nextMonday(day: Day): Day {
  return addDays(day, (8 - weekday(day)) % 7 || 7);
}

/** Days since 1970-01-01. */
export function dayNumber(day: Day): number {
  const date = new Date(0);
  // Date.UTC would read the years 0 to 99 as 1900 to 1999.
  date.setUTCFullYear(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8)));
  return Math.round(date.getTime() / kMillisPerDay);
}

export function fromDayNumber(number: number): Day {
  const date = new Date(number * kMillisPerDay);
  return formatDay(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
}

function formatDay(year: number, month: number, date: number): Day {
  return `${String(year).padStart(4, '0')}-${pad(month)}-${pad(date)}`;
}

function pad(number: number): string {
  return String(number).padStart(2, '0');
}
