import { type Day, isDay } from '../dates/day';
import type { TaskStatus } from './task';

/** What the sidebar offers; each is a question to the tasks, not a place where they lie. */
export const kViews = ['inbox', 'today', 'upcoming', 'in_progress', 'completed', 'all'] as const;
export type View = (typeof kViews)[number];

export const kSorts = ['-created', 'created', 'due', '-due', '-updated', 'updated'] as const;
export type Sort = (typeof kSorts)[number];

export const kStatuses: readonly TaskStatus[] = ['pending', 'in_progress', 'completed'];

/** What the address of the page says about the list. */
export interface Filters {
  view: View;
  /** Search text as typed; empty is no search. */
  q: string;
  status: TaskStatus | null;
  from: Day | null;
  to: Day | null;
  /** Null is the order that suits the view. */
  sort: Sort | null;
}

export const kNoFilters: Filters = { view: 'inbox', q: '', status: null, from: null, to: null, sort: null };

/** The longest search text that the API takes, in code points. */
export const kSearchLimit = 200;

/** Reads the address; what is unknown or impossible in it counts as not said. */
export function readFilters(params: URLSearchParams): Filters {
  return {
    view: oneOf(kViews, params.get('view')) ?? 'inbox',
    q: [...(params.get('q') ?? '')].slice(0, kSearchLimit).join(''),
    status: oneOf(kStatuses, params.get('status')) ?? null,
    from: day(params.get('from')),
    to: day(params.get('to')),
    sort: oneOf(kSorts, params.get('sort')) ?? null,
  };
}

/** Writes the filters over the parameters; others, such as the open task, stay. */
export function writeFilters(params: URLSearchParams, filters: Filters): URLSearchParams {
  const next = new URLSearchParams(params);
  const set = (name: string, value: string | null) => (value ? next.set(name, value) : next.delete(name));
  set('view', filters.view === 'inbox' ? null : filters.view);
  set('q', filters.q);
  set('status', filters.status);
  set('from', filters.from);
  set('to', filters.to);
  set('sort', filters.sort);
  return next;
}

/** Whether something beside the view narrows the list. */
export function isNarrowed(filters: Filters): boolean {
  return filters.q.trim() !== '' || filters.status !== null || filters.from !== null || filters.to !== null;
}

/** The same view with nothing narrowing it; the order stays. */
export function widened(filters: Filters): Filters {
  return { ...kNoFilters, view: filters.view, sort: filters.sort };
}

export function sortOf(filters: Filters): Sort {
  return filters.sort ?? kSortOfView[filters.view];
}

const kSortOfView: Record<View, Sort> = {
  inbox: '-created',
  today: 'due',
  upcoming: 'due',
  in_progress: '-updated',
  completed: '-updated',
  all: '-created',
};

function oneOf<T extends string>(known: readonly T[], text: string | null): T | undefined {
  return known.find((value) => value === text);
}

function day(text: string | null): Day | null {
  return text !== null && isDay(text) ? text : null;
}
