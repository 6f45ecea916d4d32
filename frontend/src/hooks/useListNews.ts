import { useEffect, useRef } from 'react';
import { t } from '../i18n/tasks';
import { type Filters, isNarrowed } from '../lib/tasks/filters';
import { announce } from './useAnnounce';

/** Tells screen readers how many tasks are left after a change, and how many a search found. */
export function useListNews(filters: Filters, left: number, found: number, isReady: boolean): void {
  const before = useRef<{ filters: Filters; left: number } | null>(null);
  useEffect(() => {
    if (!isReady) return;
    const was = before.current;
    before.current = { filters, left };
    if (!was) return;
    if (was.filters !== filters && (isNarrowed(filters) || isNarrowed(was.filters)))
      announce(t('tasks.found', { n: found }));
    else if (was.filters.view !== filters.view)
      announce(`${t(`view.${filters.view}`)}, ${t('view.count', { n: found })}`);
    else if (was.left !== left) announce(t('tasks.left', { n: left }));
  }, [filters, left, found, isReady]);
}
