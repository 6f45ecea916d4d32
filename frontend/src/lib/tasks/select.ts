import type { Day } from '../dates/day';
import type { Filters, Sort, View } from './filters';
import { fold, foldedDescription } from './fold';
import { isOpen, type Task } from './task';

/** How many tasks each view holds; overdue ones are part of today. */
export type Counts = Readonly<Record<View | 'overdue', number>>;

/**
 * The tasks that the filters let through, in the order in which they are given. `keep` names tasks that stay although
 * they no longer fit, such as one that was completed a moment ago.
 */
export function select(
  tasks: readonly Task[],
  filters: Filters,
  today: Day,
  keep: ReadonlySet<string> = new Set(),
): Task[] {
  const needle = fold(filters.q).trim();
  const fits = (task: Task) => isInView(task, filters, today) && isInRange(task, filters) && holds(task, needle);
  return tasks.filter((task) => fits(task) || keep.has(task.task_id));
}

/**
 * Puts changed tasks at their places among sorted ones. Sorting ten thousand again for each tick would cost more than
 * drawing it.
 */
export function withEffects(
  sorted: readonly Task[],
  effects: ReadonlyMap<string, Task | undefined>,
  sort: Sort,
): readonly Task[] {
  if (effects.size === 0) return sorted;
  const compare = compareBy(sort);
  const tasks = sorted.filter((task) => !effects.has(task.task_id));
  for (const task of effects.values()) if (task) tasks.splice(placeOf(tasks, task, compare), 0, task);
  return tasks;
}

/** How many of the sorted tasks stand before this one. */
function placeOf(sorted: readonly Task[], task: Task, compare: (a: Task, b: Task) => number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = sorted[middle];
    if (other && compare(other, task) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function count(tasks: readonly Task[], today: Day): Counts {
  const counts = { inbox: 0, today: 0, upcoming: 0, in_progress: 0, completed: 0, all: tasks.length, overdue: 0 };
  for (const task of tasks) {
    if (!isOpen(task)) {
      counts.completed++;
      continue;
    }
    counts.inbox++;
    if (task.status === 'in_progress') counts.in_progress++;
    if (task.due_date === null) continue;
    if (task.due_date > today) counts.upcoming++;
    else counts.today++;
    if (task.due_date < today) counts.overdue++;
  }
  return counts;
}

/** Days as text sort like days, as all have four digits in the year. */
export function compareBy(sort: Sort): (a: Task, b: Task) => number {
  const sign = sort.startsWith('-') ? -1 : 1;
  const key = kKeys[sort];
  return (a, b) => {
    const left = key(a);
    const right = key(b);
    if (left === right) return a.task_id < b.task_id ? -sign : a.task_id > b.task_id ? sign : 0;
    // No due date comes last both ways.
    if (left === null) return 1;
    if (right === null) return -1;
    return left < right ? -sign : sign;
  };
}

/** Whether the task still belongs to the view that is on the screen. */
function isInView(task: Task, filters: Filters, today: Day): boolean {
  if (filters.status !== null && filters.view !== 'completed' && filters.view !== 'in_progress')
    return task.status === filters.status && isDueInView(task, filters.view, today);
  switch (filters.view) {
    case 'all':
      return true;
    case 'completed':
      return !isOpen(task);
    case 'in_progress':
      return task.status === 'in_progress';
    default:
      return isOpen(task) && isDueInView(task, filters.view, today);
  }
}

function isDueInView(task: Task, view: View, today: Day): boolean {
  if (view === 'today') return task.due_date !== null && task.due_date <= today;
  if (view === 'upcoming') return task.due_date !== null && task.due_date > today;
  return true;
}

function isInRange(task: Task, { from, to }: Filters): boolean {
  if (from === null && to === null) return true;
  if (task.due_date === null) return false;
  return (from === null || task.due_date >= from) && (to === null || task.due_date <= to);
}

function holds(task: Task, needle: string): boolean {
  return needle === '' || foldedDescription(task).includes(needle);
}

const kKeys: Record<Sort, (task: Task) => string | null> = {
  created: (task) => task.created_at,
  '-created': (task) => task.created_at,
  due: (task) => task.due_date,
  '-due': (task) => task.due_date,
  updated: (task) => task.updated_at,
  '-updated': (task) => task.updated_at,
};
