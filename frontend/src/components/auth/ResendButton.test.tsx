import { act, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ResendButton } from './ResendButton';

const kNow = Date.parse('2026-01-01T00:00:00Z');

beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime(kNow);
});
afterEach(() => vi.useRealTimers());

const pass = (seconds: number) => act(() => vi.advanceTimersByTimeAsync(seconds * 1000));

describe('"Send a new code"', () => {
  it('counts down, can be focused meanwhile and does nothing', async () => {
    const send = vi.fn().mockResolvedValue(undefined);
    render(<ResendButton resendAt={kNow + 60_000} onSend={send} />);
    const button = screen.getByRole('button', { name: 'Send again in 60 s' });
    expect(button.getAttribute('aria-disabled')).toBe('true');
    button.focus();
    expect(document.activeElement).toBe(button);
    fireEvent.click(button);
    expect(send).not.toHaveBeenCalled();
    await pass(59);
    expect(button.textContent).toContain('Send again in 1 s');
    await pass(1);
    expect(button.textContent).toContain('Send a new code');
    fireEvent.click(button);
    expect(send).toHaveBeenCalledTimes(1);
  });

  it('is right at once after the tab has slept', () => {
    render(<ResendButton resendAt={kNow + 60_000} onSend={vi.fn()} />);
    vi.setSystemTime(kNow + 50_000);
    fireEvent(document, new Event('visibilitychange'));
    expect(screen.getByRole('button').textContent).toContain('Send again in 10 s');
  });

  it('speaks at the start and at the end only', async () => {
    render(<ResendButton resendAt={kNow + 30_000} onSend={vi.fn()} />);
    const status = screen.getByRole('status');
    const spoken = [status.textContent];
    for (let second = 0; second < 31; second++) {
      await pass(1);
      if (status.textContent !== spoken.at(-1)) spoken.push(status.textContent);
    }
    expect(spoken).toEqual(['You can send a new code in 30 seconds.', 'You can send a new code now.']);
  });
});
