import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aDay } from '../../test/tasks';
import { addDays, dayNumber } from './day';
import { dueState } from './due';
import { fullDay, spokenDay } from './format';
import { millisToMidnight, nowInstant } from './now';

const kThursday = '2026-03-12';

describe('spokenDay', () => {
  it('says near days in words', () => {
    expect(spokenDay(kThursday, kThursday)).toEqual({ kind: 'today' });
    expect(spokenDay('2026-03-13', kThursday)).toEqual({ kind: 'tomorrow' });
    expect(spokenDay('2026-03-11', kThursday)).toEqual({ kind: 'yesterday' });
  });

  it('says the weekday within six days and the date from the seventh on', () => {
    expect(spokenDay('2026-03-18', kThursday)).toEqual({ kind: 'weekday', text: 'Wed' });
    expect(spokenDay('2026-03-19', kThursday)).toEqual({ kind: 'date', text: '19 Mar' });
    expect(spokenDay('2026-03-10', kThursday)).toEqual({ kind: 'date', text: '10 Mar' });
  });

  it('names the year when it is another one', () => {
    expect(spokenDay('2027-03-12', kThursday)).toEqual({ kind: 'date', text: '12 Mar 2027' });
    expect(spokenDay('2025-12-31', kThursday)).toEqual({ kind: 'date', text: '31 Dec 2025' });
  });

  it('gives the whole date for titles and screen readers', () => {
    expect(fullDay(kThursday)).toBe('Thursday 12 March 2026');
    expect(fullDay('0001-01-01')).toBe('Monday 1 January 1');
  });

  it('has the words of Intl for every day', () => {
    const options = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const;
    const intl = new Intl.DateTimeFormat('en-GB', options);
    fc.assert(
      fc.property(aDay, (day) => {
        expect(fullDay(day)).toBe(intl.format(dayNumber(day) * 86_400_000).replace(',', ''));
      }),
    );
  });
});

describe('dueState', () => {
  it('calls a day overdue exactly when it is before today and the task is open', () => {
    fc.assert(
      fc.property(aDay, aDay, fc.boolean(), (day, now, completed) => {
        expect(dueState(day, now, completed) === 'overdue').toBe(day < now && !completed);
      }),
    );
  });

  it('tells today, the next six days and later apart', () => {
    expect(dueState(kThursday, kThursday, false)).toBe('today');
    expect(dueState(addDays(kThursday, 6), kThursday, false)).toBe('soon');
    expect(dueState(addDays(kThursday, 7), kThursday, false)).toBe('later');
  });
});

describe('now', () => {
  it('writes instants with six digits like the API', () => {
    expect(nowInstant(new Date(Date.UTC(2026, 0, 2, 3, 4, 5, 6)))).toBe('2026-01-02T03:04:05.006000Z');
  });

  it('waits until local midnight', () => {
    expect(millisToMidnight(new Date(2026, 5, 1, 23, 59, 59, 0))).toBe(1000);
    expect(millisToMidnight(new Date(2026, 5, 1, 0, 0, 0, 0))).toBe(86_400_000);
  });
});
