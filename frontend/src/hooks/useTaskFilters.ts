import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { type Filters, readFilters, writeFilters } from '../lib/tasks/filters';
import { stopLingering } from './useLinger';

/** The filters of the list. They live in the address, so that reload, back and a bookmark keep them. */
export function useTaskFilters(): [Filters, (change: Partial<Filters>) => void] {
  const [params, setParams] = useSearchParams();
  const filters = useMemo(() => readFilters(params), [params]);
  const change = useCallback(
    (fields: Partial<Filters>) => {
      stopLingering();
      // A step in the history for a view, none for each letter of a search.
      setParams((now) => writeFilters(now, { ...readFilters(now), ...fields }), { replace: fields.view === undefined });
    },
    [setParams],
  );
  return [filters, change];
}
