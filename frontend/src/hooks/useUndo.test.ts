import { beforeEach, describe, expect, it, vi } from 'vitest';
import { offerUndo, undo } from './useUndo';

describe('undo', () => {
  beforeEach(() => {
    while (undo());
  });

  it('takes back the newest step first, and each once', () => {
    const first = vi.fn();
    const second = vi.fn();
    offerUndo('One', first);
    offerUndo('Two', second);
    expect(undo()).toBe(true);
    expect(second).toHaveBeenCalledOnce();
    expect(first).not.toHaveBeenCalled();
    expect(undo()).toBe(true);
    expect(undo()).toBe(false);
    expect(first).toHaveBeenCalledOnce();
    expect(second).toHaveBeenCalledOnce();
  });
});
