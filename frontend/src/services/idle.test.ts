import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { idle } from './idle';

let paint: (name: string) => void;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal(
    'PerformanceObserver',
    class {
      static supportedEntryTypes = ['paint'];
      disconnect = vi.fn();
      observe = vi.fn();
      constructor(tell: (list: object, observer: object) => void) {
        paint = (painted) => tell({ getEntriesByName: (name: string) => (name === painted ? [{}] : []) }, this);
      }
    },
  );
  vi.stubGlobal('requestAnimationFrame', (work: () => void) => setTimeout(work, 16));
  vi.stubGlobal('requestIdleCallback', (work: () => void) => setTimeout(work, 1));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function waiting() {
  const resolved = vi.fn();
  void idle().then(resolved);
  await vi.advanceTimersByTimeAsync(500);
  return resolved;
}

describe('idle', () => {
  it('waits for the first thing that the page shows, and two frames more', async () => {
    const resolved = await waiting();
    paint('first-paint');
    await vi.advanceTimersByTimeAsync(100);
    expect(resolved).not.toHaveBeenCalled();
    paint('first-contentful-paint');
    await vi.advanceTimersByTimeAsync(32);
    expect(resolved).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(resolved).toHaveBeenCalled();
  });

  it('waits a second at most, as when nobody sees the page', async () => {
    const resolved = await waiting();
    await vi.advanceTimersByTimeAsync(499);
    expect(resolved).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(resolved).toHaveBeenCalled();
  });
});
