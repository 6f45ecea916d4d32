import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { aDay } from '../../test/tasks';
import { addDays, dayNumber, daysBetween, fromDayNumber, isDay, nextMonday, today, weekday } from './day';
import { millisToMidnight } from './now';

describe('day', () => {
  it('knows every day of the calendar and gives it back', () => {
    fc.assert(fc.property(aDay, (day) => isDay(day) && fromDayNumber(dayNumber(day)) === day));
  });

  it('refuses days that do not exist', () => {
    for (const text of ['2026-02-29', '2026-13-01', '2026-00-10', '2026-04-31', '0000-01-01', '26-1-1', '', 'today'])
      expect(isDay(text), text).toBe(false);
    expect(isDay('2024-02-29')).toBe(true);
    expect(isDay('0001-01-01')).toBe(true);
    expect(isDay('9999-12-31')).toBe(true);
  });

  it('goes forth and back by the same number of days', () => {
    fc.assert(
      fc.property(aDay, fc.integer({ min: -400, max: 400 }), (day, days) => {
        fc.pre(isDay(addDays(day, days)));
        return daysBetween(day, addDays(day, days)) === days && addDays(addDays(day, days), -days) === day;
      }),
    );
  });

  it('orders days like their texts', () => {
    fc.assert(fc.property(aDay, aDay, (a, b) => a < b === daysBetween(a, b) > 0));
  });

  it('takes the day from the local clock, at any hour', () => {
    expect(today(new Date(2026, 2, 29, 0, 0))).toBe('2026-03-29');
    expect(today(new Date(2026, 2, 29, 23, 59))).toBe('2026-03-29');
    expect(today(new Date(2026, 9, 25, 2, 30))).toBe('2026-10-25');
  });

  it('finds the Monday after any day', () => {
    fc.assert(
      fc.property(aDay, (day) => {
        fc.pre(day < '9999-12-20');
        const monday = nextMonday(day);
        return weekday(monday) === 1 && daysBetween(day, monday) >= 1 && daysBetween(day, monday) <= 7;
      }),
    );
    expect(weekday('2026-11-22')).toBe(0);
  });
});

describe('the local day', () => {
  const before = process.env.TZ;
  afterEach(() => {
    process.env.TZ = before;
  });

  const zones = ['America/New_York', 'Europe/Berlin', 'Asia/Kathmandu', 'Pacific/Apia', 'America/Sao_Paulo'];
  // Around the changes of the clock of 2026, and the day that Apia left out in 2011.
  const instants = ['2026-03-08T06:59:59Z', '2026-03-29T00:59:59Z', '2026-10-25T00:30:00Z', '2026-11-01T05:30:00Z'];
  const aMoment = fc.oneof(
    fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2030, 0) }),
    fc.constantFrom(...[...instants, '2011-12-30T09:59:59Z'].map((text) => Date.parse(text))),
  );

  it.each(zones)('is that of the wall clock in %s', (zone) => {
    process.env.TZ = zone;
    const wall = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' });
    fc.assert(
      fc.property(aMoment, (moment) => {
        expect(today(new Date(moment))).toBe(wall.format(moment));
      }),
    );
  });

  it.each(zones)('changes exactly at the midnight that is waited for in %s', (zone) => {
    process.env.TZ = zone;
    fc.assert(
      fc.property(aMoment, (moment) => {
        const midnight = moment + millisToMidnight(new Date(moment));
        expect(today(new Date(midnight - 1))).toBe(today(new Date(moment)));
        expect(today(new Date(midnight)) > today(new Date(moment))).toBe(true);
      }),
    );
  });
});
