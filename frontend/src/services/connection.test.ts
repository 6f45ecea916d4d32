import { onlineManager } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { reportReached, reportUnreachable, setProbe } from './connection';

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  reportReached();
  vi.useRealTimers();
});

describe('a lost connection', () => {
  it('is asked for with growing pauses until there is an answer', async () => {
    const asked = vi.fn().mockResolvedValueOnce(false).mockResolvedValueOnce(false).mockResolvedValue(true);
    setProbe(asked);
    reportUnreachable();
    expect(onlineManager.isOnline()).toBe(false);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(asked).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(4_000);
    expect(asked).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(8_000);
    expect(asked).toHaveBeenCalledTimes(3);
    expect(onlineManager.isOnline()).toBe(true);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveBeenCalledTimes(3);
  });

  it('is asked for once at a time, however many requests fail', async () => {
    const asked = vi.fn().mockResolvedValue(true);
    setProbe(asked);
    for (let request = 0; request < 5; request++) reportUnreachable();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(asked).toHaveBeenCalledTimes(1);
  });

  it('is not asked for by a hidden page until it is shown', async () => {
    const asked = vi.fn().mockResolvedValue(true);
    setProbe(asked);
    const visibility = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    reportUnreachable();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).not.toHaveBeenCalled();
    visibility.mockReturnValue('visible');
    document.dispatchEvent(new Event('visibilitychange'));
    await vi.advanceTimersByTimeAsync(30_000);
    expect(asked).toHaveBeenCalled();
  });
});
