import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anId, arbitraryTask, aTask, byIdOf } from '../../test/tasks';
import { dropTask, isComplete, kEmptyStore, mergeDelta, mergePage, putTask } from './store';

const someTasks = fc.array(arbitraryTask, { maxLength: 8 });
const aDelta = fc.record({
  tasks: someTasks,
  deleted: fc.array(anId, { maxLength: 3 }),
  removed_lists: fc.array(fc.constantFrom('list-1', 'list-2'), { maxLength: 1 }),
  since: fc.string(),
});

describe('mergePage', () => {
  it('keeps the since of the first page and is complete after the last', () => {
    const first = mergePage(kEmptyStore, { tasks: [aTask({ task_id: 'a' })], next_cursor: 'next', since: 'one' });
    const second = mergePage(first, { tasks: [aTask({ task_id: 'b' })], next_cursor: null, since: 'two' });
    expect(isComplete(first)).toBe(false);
    expect(isComplete(second)).toBe(true);
    expect(second.since).toBe('one');
    expect([...second.byId.keys()]).toEqual(['a', 'b']);
  });
});

describe('mergeDelta', () => {
  it('never lets an older version replace a newer one', () => {
    fc.assert(
      fc.property(someTasks, aDelta, (before, delta) => {
        const store = { since: 's', cursor: null, byId: byIdOf(before) };
        const after = mergeDelta(store, { ...delta, deleted: [], removed_lists: [] });
        for (const [id, task] of store.byId) expect(after.byId.get(id)?.version).toBeGreaterThanOrEqual(task.version);
      }),
    );
  });

  it('gives the same when it arrives twice', () => {
    fc.assert(
      fc.property(someTasks, aDelta, (before, delta) => {
        const once = mergeDelta({ since: 's', cursor: null, byId: byIdOf(before) }, delta);
        expect(mergeDelta(once, delta).byId).toEqual(once.byId);
      }),
    );
  });

  it('leaves tasks that it does not name as the same objects', () => {
    fc.assert(
      fc.property(someTasks, aDelta, (before, delta) => {
        const byId = byIdOf(before);
        const after = mergeDelta({ since: 's', cursor: null, byId }, { ...delta, removed_lists: [] });
        const named = new Set([...delta.tasks.map((task) => task.task_id), ...delta.deleted]);
        for (const [id, task] of byId) if (!named.has(id)) expect(after.byId.get(id)).toBe(task);
      }),
    );
  });

  it('drops what was deleted and what lies in a list that was left', () => {
    const byId = byIdOf([aTask({ task_id: 'a' }), aTask({ task_id: 'b' }), aTask({ task_id: 'c', list_id: 'shared' })]);
    const delta = { tasks: [], deleted: ['a', 'unknown'], removed_lists: ['shared'], since: 'two' };
    const after = mergeDelta({ since: 'one', cursor: null, byId }, delta);
    expect([...after.byId.keys()]).toEqual(['b']);
    expect(after.since).toBe('two');
  });

  it('keeps the very same map when nothing changed, so that nothing is drawn again', () => {
    const byId = byIdOf([aTask({ task_id: 'a', version: 3 })]);
    const stale = aTask({ task_id: 'a', version: 2 });
    const delta = { tasks: [stale], deleted: ['gone'], removed_lists: [], since: 'two' };
    expect(mergeDelta({ since: 'one', cursor: null, byId }, delta).byId).toBe(byId);
  });
});

describe('answers to writes', () => {
  it('are taken in and taken out one task at a time', () => {
    const store = { since: 's', cursor: null, byId: byIdOf([aTask({ task_id: 'a' }), aTask({ task_id: 'b' })]) };
    const changed = aTask({ task_id: 'a', version: 2, description: 'Buy oat milk' });
    expect(putTask(store, changed).byId.get('a')).toBe(changed);
    expect([...dropTask(store, 'a').byId.keys()]).toEqual(['b']);
    expect(store.byId.get('a')?.version).toBe(1);
  });
});
