import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aDay, arbitraryTask, aTask, byIdOf } from '../../test/tasks';
import {
  type Filters,
  isNarrowed,
  kNoFilters,
  kSorts,
  kStatuses,
  kViews,
  readFilters,
  widened,
  writeFilters,
} from './filters';
import { fold } from './fold';
import { compareBy, count, select, withEffects } from './select';
import type { Task } from './task';

const kToday = '2026-03-12';
const aFilter: fc.Arbitrary<Filters> = fc.record({
  view: fc.constantFrom(...kViews),
  q: fc.string({ maxLength: 20 }),
  status: fc.option(fc.constantFrom(...kStatuses)),
  from: fc.option(aDay),
  to: fc.option(aDay),
  sort: fc.option(fc.constantFrom(...kSorts)),
});
const someTasks = fc.uniqueArray(arbitraryTask, { selector: (task) => task.task_id });
const named = (tasks: readonly { description: string }[]) => tasks.map((task) => task.description);

describe('filters in the address', () => {
  it('are read as they were written', () => {
    fc.assert(
      fc.property(aFilter, (filters) => {
        expect(readFilters(writeFilters(new URLSearchParams(), filters))).toEqual(filters);
      }),
    );
  });

  it('leave other parameters alone', () => {
    const params = writeFilters(new URLSearchParams('task=1'), { ...kNoFilters, q: 'milk' });
    expect(params.toString()).toBe('task=1&q=milk');
  });

  it('that make no sense count as not said', () => {
    expect(readFilters(new URLSearchParams('view=x&status=done&from=2026-02-30&to=1&sort=size'))).toEqual(kNoFilters);
  });

  it('can be cleared, which keeps the view and the order', () => {
    const filters: Filters = { ...kNoFilters, view: 'today', q: 'x', from: kToday, sort: 'due' };
    expect(isNarrowed(filters)).toBe(true);
    expect(widened(filters)).toEqual({ ...kNoFilters, view: 'today', sort: 'due' });
  });
});

describe('select', () => {
  it('gives in each view as many tasks as the counter says', () => {
    fc.assert(
      fc.property(someTasks, aDay, (tasks, today) => {
        const counts = count(tasks, today);
        for (const view of kViews) expect(select(tasks, { ...kNoFilters, view }, today)).toHaveLength(counts[view]);
      }),
    );
  });

  it('finds regardless of case and accents', () => {
    const tasks = [aTask({ description: 'Book the CAFÉ' }), aTask({ description: 'Buy milk' })];
    expect(named(select(tasks, { ...kNoFilters, q: ' cafe ' }, kToday))).toEqual(['Book the CAFÉ']);
  });

  it('counts overdue tasks among those of today', () => {
    const late = aTask({ description: 'late', due_date: '2026-03-01' });
    const tasks = [late, aTask({ due_date: kToday }), aTask({ due_date: '2026-03-13' }), aTask()];
    expect(select(tasks, { ...kNoFilters, view: 'today' }, kToday)).toHaveLength(2);
    expect(count(tasks, kToday)).toMatchObject({ today: 2, overdue: 1, upcoming: 1, inbox: 4 });
  });

  it('keeps a task that was completed a moment ago in its place', () => {
    const done = aTask({ task_id: 'b', status: 'completed', created_at: '2026-03-02T00:00:00.000000Z' });
    const tasks = [aTask({ task_id: 'a' }), done, aTask({ task_id: 'c', created_at: '2026-03-03T00:00:00.000000Z' })];
    const ids = (keep: Set<string>) => select(tasks, kNoFilters, kToday, keep).map((task) => task.task_id);
    expect(ids(new Set())).toEqual(['a', 'c']);
    expect(ids(new Set(['b']))).toEqual(['a', 'b', 'c']);
  });

  it('takes both ends of a due range and no task without a date', () => {
    const tasks = ['2026-03-01', '2026-03-02', '2026-03-03', null].map((due_date) => aTask({ due_date }));
    expect(select(tasks, { ...kNoFilters, from: '2026-03-02', to: '2026-03-03' }, kToday)).toHaveLength(2);
  });
});

describe('withEffects', () => {
  it('gives what sorting everything anew would give', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...kSorts),
        someTasks,
        someTasks,
        fc.constantFrom('a', 'b', 'c'),
        (sort, tasks, changed, gone) => {
          const effects = new Map<string, Task | undefined>(changed.map((task) => [task.task_id, task]));
          effects.set(gone, undefined);
          const all = new Map<string, Task | undefined>([...byIdOf(tasks), ...effects]);
          const anew = [...all.values()].filter((task) => task !== undefined).sort(compareBy(sort));
          expect(withEffects(tasks.toSorted(compareBy(sort)), effects, sort)).toEqual(anew);
        },
      ),
    );
  });
});

describe('compareBy', () => {
  it('is a total order, whatever the sort', () => {
    fc.assert(
      fc.property(fc.constantFrom(...kSorts), someTasks, (sort, tasks) => {
        const compare = compareBy(sort);
        const sorted = tasks.toSorted(compare);
        for (const [index, task] of sorted.entries())
          for (const later of sorted.slice(index + 1)) expect(compare(task, later)).toBeLessThan(0);
      }),
    );
  });

  it('puts tasks without a due date last both ways', () => {
    const tasks = [aTask({ due_date: null }), aTask({ due_date: '2026-01-01' }), aTask({ due_date: '2026-02-01' })];
    for (const sort of ['due', '-due'] as const) expect(tasks.toSorted(compareBy(sort)).at(-1)?.due_date).toBeNull();
  });
});

describe('fold', () => {
  it('gives the same when folded twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(fold(fold(text))).toBe(fold(text));
      }),
    );
  });
});
