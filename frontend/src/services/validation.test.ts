import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkCode, checkEmail, checkNewPassword, checkUsername, digitsOf, isOneOf } from './validation';

describe('checkUsername', () => {
  it.each(['ada', 'Ada.Lovelace-1815_x', ' ada ', 'a'.repeat(32)])('takes %j', (name) => {
    expect(checkUsername(name)).toBeUndefined();
  });

  it.each([
    ['', /Enter a user name/],
    ['  ', /Enter a user name/],
    ['ab', /at least 3/],
    ['a'.repeat(33), /at most 32/],
    ['ad a', /Use only/],
    ['ädä', /Use only/],
  ])('refuses %j', (name, words) => {
    expect(checkUsername(name)).toMatch(words);
  });
});

describe('checkEmail', () => {
  it.each(['ada@example.org', ' ada@example.org ', "o'hara+tms@mail.example.co.uk"])('takes %j', (email) => {
    expect(checkEmail(email)).toBeUndefined();
  });

  it.each(['', 'ada', 'ada@', '@example.org', 'ada@example', 'ada@example.', 'a da@example.org', 'ädä@example.org'])(
    'refuses %j',
    (email) => {
      expect(checkEmail(email)).toBeDefined();
    },
  );

  it('refuses 255 characters', () => {
    expect(checkEmail(`${'a'.repeat(243)}@example.org`)).toMatch(/254/);
  });
});

describe('checkNewPassword', () => {
  it('counts code points after NFKC, not UTF-16 units', () => {
    expect(checkNewPassword('😀'.repeat(7))).toMatch(/at least 8/);
    expect(checkNewPassword('😀'.repeat(8))).toBeUndefined();
    // Seven letters, each as letter and combining mark: NFKC joins them.
    expect(checkNewPassword('e\u0301'.repeat(7))).toMatch(/at least 8/);
  });

  it('takes 1,024 bytes and refuses one more instead of cutting it', () => {
    expect(checkNewPassword('a'.repeat(1024))).toBeUndefined();
    expect(checkNewPassword('a'.repeat(1025))).toMatch(/shorter/);
    expect(checkNewPassword('ä'.repeat(513))).toMatch(/shorter/);
  });

  it('has no rules about kinds of characters', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 20, maxLength: 100, unit: 'grapheme-ascii' }), (password) => {
        expect(checkNewPassword(password)).toBeUndefined();
      }),
    );
  });
});

describe('isOneOf', () => {
  it('compares whatever the case and the form of the letters', () => {
    expect(isOneOf('ADA@example.ORG', ['ada', 'ada@example.org'])).toBe(true);
    expect(isOneOf('ａｄａ', ['Ada'])).toBe(true);
    expect(isOneOf('ada lovelace', ['ada'])).toBe(false);
  });

  it('does not take an empty name for a match', () => {
    expect(isOneOf('', ['', 'ada'])).toBe(false);
  });
});

describe('the code', () => {
  it.each(['1234 5678', '1234-5678', ' 12345678\n', 'Your code is 1234 5678', '1234\u00a05678'])(
    'is found in %j',
    (text) => {
      expect(digitsOf(text)).toBe('12345678');
    },
  );

  it('keeps leading zeros', () => {
    expect(digitsOf('0000 0042')).toBe('00000042');
  });

  it('survives any text without digits around it', () => {
    const noise = fc.string().filter((text) => !/\d/.test(text));
    fc.assert(
      fc.property(noise, noise, (before, after) => {
        expect(digitsOf(`${before}0123 4567${after}`)).toBe('01234567');
      }),
    );
  });

  it.each([
    ['', /Enter the code/],
    ['1', /entered 1 digit$/],
    ['1234567', /entered 7 digits/],
    ['123456789', /only the 8 digits.*entered 9/],
  ])('is checked: %j', (value, words) => {
    expect(checkCode(value)).toMatch(words);
  });
});
