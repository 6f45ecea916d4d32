import { CircleAlert, Search, SlidersHorizontal } from 'lucide-react';
import { type RefObject, useId, useState } from 'react';
import { t } from '../../i18n/tasks';
import type { Day } from '../../lib/dates/day';
import { type Filters, isNarrowed } from '../../lib/tasks/filters';
import type { Counts } from '../../lib/tasks/select';
import { IconButton } from '../ui/IconButton';
import { Icon } from '../ui/icons';
import { PageTitle } from '../ui/PageTitle';
import { AccountMenu } from './AccountMenu';
import { SearchField } from './SearchField';
import { FilterChips, TaskFilters } from './TaskFilters';

export interface ListHeaderProps {
  readonly wide: boolean;
  readonly filters: Filters;
  readonly counts: Counts;
  /** How many tasks the filters let through. */
  readonly found: number;
  readonly today: Day;
  readonly search: RefObject<HTMLInputElement | null>;
  readonly onFilters: (fields: Partial<Filters>) => void;
  readonly onShortcuts: () => void;
  readonly onLeaveSearch: () => void;
}

/** Which view this is, how much is left in it, and the ways to narrow it. */
export function ListHeader(props: ListHeaderProps) {
  const { wide, filters, counts, found, today, search, onFilters, onShortcuts, onLeaveSearch } = props;
  const [showFilters, setShowFilters] = useState(false);
  const [showSearch, setShowSearch] = useState(filters.q !== '');
  const filterId = useId();
  const searchShown = wide || showSearch || filters.q !== '';
  return (
    <header className="space-y-3 pb-4">
      <div className="flex items-start gap-1">
        <div className="min-w-0 flex-1 pt-1">
          <PageTitle keepFocus={wide}>{t(`view.${filters.view}`)}</PageTitle>
          <Left filters={filters} counts={counts} found={found} />
        </div>
        {!wide && (
          <IconButton
            icon={Search}
            label={t('filter.search')}
            aria-expanded={searchShown}
            onClick={() => {
              setShowSearch(true);
              requestAnimationFrame(() => search.current?.focus());
            }}
          />
        )}
        {wide && (
          <div className="w-56">
            <SearchField value={filters.q} field={search} onChange={(q) => onFilters({ q })} onLeave={onLeaveSearch} />
          </div>
        )}
        <IconButton
          icon={SlidersHorizontal}
          label={t('filter.open')}
          aria-expanded={showFilters}
          aria-controls={showFilters ? filterId : undefined}
          onClick={() => setShowFilters(!showFilters)}
          className={showFilters ? 'bg-surface text-text' : undefined}
        />
        {!wide && <AccountMenu onShortcuts={onShortcuts} />}
      </div>
      {!wide && searchShown && (
        <SearchField
          value={filters.q}
          field={search}
          onChange={(q) => onFilters({ q })}
          onLeave={() => {
            setShowSearch(false);
            onLeaveSearch();
          }}
        />
      )}
      {showFilters && <TaskFilters id={filterId} filters={filters} onChange={onFilters} />}
      <FilterChips filters={filters} today={today} onChange={onFilters} />
    </header>
  );
}

/** "3 tasks left", and what is overdue among them; with filters on, how many they found. */
function Left({ filters, counts, found }: { filters: Filters; counts: Counts; found: number }) {
  if (isNarrowed(filters))
    return <p className="digits min-h-5 text-muted text-second">{t('tasks.found', { n: found })}</p>;
  const n = counts[filters.view];
  const isDone = filters.view === 'completed' || filters.view === 'all';
  const overdue = filters.view === 'inbox' || filters.view === 'today' ? counts.overdue : 0;
  return (
    <p className="digits flex min-h-5 items-center gap-3 text-muted text-second">
      {n > 0 && <span>{t(isDone ? 'view.count' : 'tasks.left', { n })}</span>}
      {overdue > 0 && (
        <span className="inline-flex items-center gap-1 text-danger">
          <Icon of={CircleAlert} size={16} />
          {t('view.overdue', { n: overdue })}
        </span>
      )}
    </p>
  );
}
