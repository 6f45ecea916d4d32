import { describe, expect, it } from 'vitest';
import { aTask } from '../../test/tasks';
import { kFirstPause, kLongestPause, pauseBefore } from './backoff';
import { isGuarded, rebase, rebased } from './rebase';
import type { TaskPatch } from './task';
import type { UpdateWrite } from './write';

const update = (patch: TaskPatch, base: TaskPatch): UpdateWrite => ({
  kind: 'update',
  task_id: 'a',
  patch,
  base,
  at: '2026-03-01T09:00:00.000000Z',
});

describe('rebase', () => {
  it('sends when nobody else touched the field', () => {
    const current = aTask({ description: 'Seen', status: 'in_progress', version: 9 });
    expect(rebase(update({ description: 'Mine' }, { description: 'Seen' }), current)).toBe('send');
  });

  it('is a conflict when somebody else changed the same field to something else', () => {
    const current = aTask({ description: 'Theirs' });
    expect(rebase(update({ description: 'Mine' }, { description: 'Seen' }), current)).toBe('conflict');
    const moved = aTask({ due_date: '2026-05-01' });
    expect(rebase(update({ due_date: null }, { due_date: '2026-04-01' }), moved)).toBe('conflict');
  });

  it('is done when the server already has what was written', () => {
    const current = aTask({ description: 'Mine', due_date: null });
    expect(rebase(update({ description: 'Mine', due_date: null }, { description: 'Seen' }), current)).toBe('done');
  });

  it('lets the last word count for a status', () => {
    const write = update({ status: 'completed' }, { status: 'pending' });
    expect(rebase(write, aTask({ status: 'in_progress' }))).toBe('send');
    expect(isGuarded(write)).toBe(false);
    expect(isGuarded(update({ due_date: null }, {}))).toBe(true);
  });

  it('is no conflict any more after "Keep mine"', () => {
    const current = aTask({ description: 'Theirs' });
    const mine = update({ description: 'Mine' }, { description: 'Seen' });
    expect(rebase(rebased(mine, current), current)).toBe('send');
  });
});

describe('pauseBefore', () => {
  it('doubles, spreads, and never exceeds the longest pause by itself', () => {
    expect(pauseBefore(1, 0, 1)).toBe(kFirstPause);
    expect(pauseBefore(3, 0, 1)).toBe(4 * kFirstPause);
    expect(pauseBefore(3, 0, 0)).toBe(2 * kFirstPause);
    expect(pauseBefore(50, 0, 1)).toBe(kLongestPause);
  });

  it('waits at least as long as the server asks', () => {
    expect(pauseBefore(1, 120_000, 0)).toBe(120_000);
  });
});
