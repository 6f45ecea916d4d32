import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { aFlowAnswer } from '../test/builders';
import { forgetCode, maskEmail, pendingCode, postponeResend, waitForCode } from './codeFlow';

const kNow = Date.parse('2026-01-01T00:00:00Z');

beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime(kNow);
});
afterEach(() => {
  forgetCode();
  vi.useRealTimers();
});

describe('waitForCode', () => {
  it('keeps the flow for a reload, and neither password nor code', () => {
    waitForCode({ purpose: 'signup', email: 'ada@example.org', username: 'ada' }, aFlowAnswer());
    const stored = JSON.parse(sessionStorage.getItem('tms.code.1') ?? '');
    expect(stored).toEqual(pendingCode.get());
    expect(Object.keys(stored).sort()).toEqual([
      'email',
      'expiresAt',
      'flow',
      'next',
      'purpose',
      'resendAt',
      'username',
    ]);
  });

  it('counts by the clock of the server when the one here is wrong', () => {
    const anHourAhead = kNow + 3_600_000;
    vi.setSystemTime(anHourAhead);
    waitForCode({ purpose: 'reset', email: 'ada@example.org' }, aFlowAnswer(), kNow);
    expect(pendingCode.get()).toMatchObject({
      resendAt: anHourAhead + 60_000,
      expiresAt: anHourAhead + 600_000,
    });
  });
});

describe('postponeResend', () => {
  it('lets a throttle win over the time of the flow', () => {
    waitForCode({ purpose: 'signup', email: 'ada@example.org' }, aFlowAnswer());
    postponeResend(300);
    expect(pendingCode.get()?.resendAt).toBe(kNow + 300_000);
  });
});

describe('maskEmail', () => {
  it.each([
    ['ada.lovelace@example.org', 'a•••@example.org'],
    ['a@b.example', 'a•••@b.example'],
    ['"odd@name"@example.org', '"•••@example.org'],
    ['nothing', 'nothing'],
  ])('shows %s as %s', (email, shown) => {
    expect(maskEmail(email)).toBe(shown);
  });
});
