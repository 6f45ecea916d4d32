import { act, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { dismissToast, showToast } from '../../hooks/useToasts';
import { Toasts } from './Toasts';

const shown: number[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  render(<Toasts />);
});
afterEach(() => {
  act(() => {
    for (const id of shown.splice(0)) dismissToast(id);
  });
  vi.useRealTimers();
});

const show = (toast: Parameters<typeof showToast>[0]) => act(() => void shown.push(showToast(toast)));
const pass = (seconds: number) => act(() => vi.advanceTimersByTimeAsync(seconds * 1000));
const dismiss = () => screen.queryAllByRole('button', { name: 'Dismiss' });

describe('a toast', () => {
  it('is told to screen readers by a region that was there before it', () => {
    const region = screen.getByRole('status');
    show({ text: 'Deleted “Buy milk”' });
    expect(region.textContent).toBe('Deleted “Buy milk”');
  });

  it('stays for eight seconds', async () => {
    show({ text: 'Deleted' });
    await pass(7.9);
    expect(dismiss()).toHaveLength(1);
    await pass(0.2);
    expect(dismiss()).toHaveLength(0);
  });

  it('stays while it is hovered or focused, then goes on counting', async () => {
    show({ text: 'Deleted' });
    await pass(7);
    const button = dismiss()[0] as HTMLElement;
    fireEvent.focus(button);
    await pass(60);
    expect(dismiss()).toHaveLength(1);
    fireEvent.blur(button);
    await pass(1.1);
    expect(dismiss()).toHaveLength(0);
  });

  it('stays while the tab is hidden', async () => {
    show({ text: 'Deleted' });
    const visibility = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    fireEvent(document, new Event('visibilitychange'));
    await pass(60);
    expect(dismiss()).toHaveLength(1);
    visibility.mockReturnValue('visible');
    fireEvent(document, new Event('visibilitychange'));
    await pass(8.1);
    expect(dismiss()).toHaveLength(0);
  });

  it('runs its action once and goes', () => {
    const run = vi.fn();
    show({ text: 'Deleted', action: { label: 'Undo', run } });
    fireEvent.click(screen.getByRole('button', { name: 'Undo : Deleted' }));
    expect(run).toHaveBeenCalledTimes(1);
    expect(dismiss()).toHaveLength(0);
  });

  it('leaves at most three on the page', () => {
    for (const text of ['1', '2', '3', '4']) show({ text });
    expect(dismiss()).toHaveLength(3);
    expect(screen.getByRole('status').textContent).toBe('234');
  });
});
