import { now } from './clock';

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

const kMinute = 60_000;
const kHour = 60 * kMinute;
const kDay = 24 * kHour;

/** "3 Feb 2026", in the zone of this device. */
export function dayText(instant: number): string {
  return day.format(instant);
}

/** "3 Feb 2026, 14:05". */
export function dayAndTime(instant: number): string {
  return `${day.format(instant)}, ${time.format(instant)}`;
}

/** "5 minutes ago", "yesterday"; after a week the day. */
export function ago(instant: number, from: number = now()): string {
  const passed = Math.max(0, from - instant);
  if (passed < kMinute) return 'just now';
  if (passed < kHour) return relative.format(-Math.floor(passed / kMinute), 'minute');
  if (passed < kDay) return relative.format(-Math.floor(passed / kHour), 'hour');
  if (passed < 7 * kDay) return relative.format(-Math.floor(passed / kDay), 'day');
  return dayText(instant);
}
