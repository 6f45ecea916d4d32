import { type Day, daysBetween } from './day';

/** What a due date means today: it decides icon, word and colour. */
export type DueState = 'overdue' | 'today' | 'soon' | 'later';

/** `soon` is within six days. A completed task is never late: it is `later` whatever the date. */
export function dueState(day: Day, today: Day, completed: boolean): DueState {
  if (completed) return 'later';
  const distance = daysBetween(today, day);
  if (distance < 0) return 'overdue';
  if (distance === 0) return 'today';
  return distance < 7 ? 'soon' : 'later';
}
