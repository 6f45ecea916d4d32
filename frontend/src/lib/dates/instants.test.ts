import { describe, expect, it } from 'vitest';
import { ago } from './instants';

const kNow = Date.parse('2026-02-10T12:00:00Z');
const kMinute = 60_000;

describe('ago', () => {
  it.each([
    [0, 'just now'],
    [59_999, 'just now'],
    [kMinute, '1 minute ago'],
    [59 * kMinute, '59 minutes ago'],
    [60 * kMinute, '1 hour ago'],
    [24 * 60 * kMinute, 'yesterday'],
    [6 * 24 * 60 * kMinute, '6 days ago'],
    [7 * 24 * 60 * kMinute, '3 Feb 2026'],
  ])('says %d ms as "%s"', (passed, text) => {
    expect(ago(kNow - passed, kNow)).toBe(text);
  });

  it('takes a clock that runs ahead for now', () => {
    expect(ago(kNow + 5_000, kNow)).toBe('just now');
  });
});
