import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { signedIn, signedOut } from '../services/session';
import { linger, stopLingering, useLingering } from './useLinger';

/** What lingers now. */
function lingering() {
  const { result } = renderHook(useLingering);
  return () => [...result.current];
}

const pass = (milliseconds: number) => act(() => vi.advanceTimersByTime(milliseconds));

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  act(stopLingering);
  vi.useRealTimers();
});

describe('linger', () => {
  it('keeps each task for a second', () => {
    const now = lingering();
    act(() => linger('milk'));
    pass(600);
    act(() => linger('rent'));
    expect(now()).toEqual(['milk', 'rent']);
    pass(400);
    expect(now()).toEqual(['rent']);
    pass(600);
    expect(now()).toEqual([]);
  });

  it('counts from the last time', () => {
    const now = lingering();
    act(() => linger('milk'));
    pass(600);
    act(() => linger('milk'));
    pass(900);
    expect(now()).toEqual(['milk']);
    pass(100);
    expect(now()).toEqual([]);
  });

  it('counts anew after another list was chosen', () => {
    const now = lingering();
    act(() => linger('milk'));
    pass(600);
    act(stopLingering);
    expect(now()).toEqual([]);
    act(() => linger('milk'));
    pass(900);
    expect(now()).toEqual(['milk']);
  });

  it('ends with the session', async () => {
    await signedIn({ user_id: 1, username: 'ada', email: 'ada@example.org' });
    const now = lingering();
    act(() => linger('milk'));
    await act(signedOut);
    expect(now()).toEqual([]);
  });
});
