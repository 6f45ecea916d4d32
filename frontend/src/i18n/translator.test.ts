import { describe, expect, it } from 'vitest';
import { translator } from './translator';

const t = translator({
  plain: 'Log in',
  named: 'Hello {name}, and {name} again',
  counted: { one: '{n} task left', other: '{n} tasks left' },
} as const);

describe('t', () => {
  it('gives a text', () => {
    expect(t('plain')).toBe('Log in');
  });

  it('puts values in, every time they are named, and as they are', () => {
    expect(t('named', { name: '$& {n} <b>' })).toBe('Hello $& {n} <b>, and $& {n} <b> again');
  });

  it('chooses the plural', () => {
    expect([0, 1, 2].map((n) => t('counted', { n }))).toEqual(['0 tasks left', '1 task left', '2 tasks left']);
  });

  it('requires the values of a text', () => {
    // @ts-expect-error `name` is missing
    expect(t('named', {})).toContain('{name}');
    // @ts-expect-error no such text
    expect(t('nothing')).toBe('nothing');
  });
});
