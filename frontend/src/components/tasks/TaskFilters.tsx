import { X } from 'lucide-react';
import { t } from '../../i18n/tasks';
import type { Day } from '../../lib/dates/day';
import { isDay } from '../../lib/dates/day';
import { type Filters, isNarrowed, kSorts, kStatuses, sortOf, widened } from '../../lib/tasks/filters';
import { Button } from '../ui/Button';
import { Field, inputClass } from '../ui/Field';
import { Icon } from '../ui/icons';
import { dayInWords } from './DueBadge';

type Change = (fields: Partial<Filters>) => void;

/** Status, due range and order. What is chosen applies at once. */
export function TaskFilters({ id, filters, onChange }: { id: string; filters: Filters; onChange: Change }) {
  const statusIsView = filters.view === 'completed' || filters.view === 'in_progress';
  return (
    <section
      id={id}
      aria-label={t('filter.title')}
      className="grid animate-appear grid-cols-2 gap-x-3 gap-y-4 rounded-card bg-surface p-4 text-second sm:grid-cols-4"
    >
      {!statusIsView && (
        <Choice
          name="filter-status"
          label={t('filter.status')}
          value={filters.status ?? ''}
          options={[['', t('filter.status.any')], ...kStatuses.map((each) => [each, t(`status.${each}`)] as const)]}
          onChange={(value) => onChange({ status: kStatuses.find((each) => each === value) ?? null })}
        />
      )}
      <Choice
        name="filter-sort"
        label={t('filter.sort')}
        value={sortOf(filters)}
        options={kSorts.map((each) => [each, t(`sort.${each}`)] as const)}
        onChange={(value) => onChange({ sort: kSorts.find((each) => each === value) ?? null })}
      />
      <DateInput
        name="filter-from"
        label={t('filter.from')}
        value={filters.from}
        onChange={(from) => onChange({ from })}
      />
      <DateInput name="filter-to" label={t('filter.to')} value={filters.to} onChange={(to) => onChange({ to })} />
    </section>
  );
}

/** What narrows the list, each with its own way out: nobody should wonder where his tasks are. */
export function FilterChips({ filters, today, onChange }: { filters: Filters; today: Day; onChange: Change }) {
  if (!isNarrowed(filters)) return null;
  const chips: [string, Partial<Filters>][] = [];
  if (filters.q.trim()) chips.push([t('filter.chip.search', { q: filters.q.trim() }), { q: '' }]);
  if (filters.status) chips.push([t(`status.${filters.status}`), { status: null }]);
  if (filters.from) chips.push([t('filter.chip.from', { day: dayInWords(filters.from, today) }), { from: null }]);
  if (filters.to) chips.push([t('filter.chip.to', { day: dayInWords(filters.to, today) }), { to: null }]);
  return (
    <div className="flex flex-wrap items-center gap-2">
      {chips.map(([text, without]) => (
        <button
          key={text}
          type="button"
          onClick={() => onChange(without)}
          aria-label={t('filter.clear.one', { filter: text })}
          className="inline-flex min-h-11 max-w-full items-center gap-1 rounded-full bg-accent-soft py-1 pr-2 pl-3 text-accent text-second hover:bg-line lg:min-h-9"
        >
          <span className="truncate">{text}</span>
          <Icon of={X} size={16} className="shrink-0" />
        </button>
      ))}
      <Button variant="quiet" className="text-second lg:min-h-9 lg:py-1" onClick={() => onChange(widened(filters))}>
        {t('filter.clear')}
      </Button>
    </div>
  );
}

function Choice({
  name,
  label,
  value,
  options,
  onChange,
}: {
  name: string;
  label: string;
  value: string;
  options: readonly (readonly [string, string])[];
  onChange: (value: string) => void;
}) {
  return (
    <Field name={name} label={label}>
      {(input) => (
        <select
          {...input}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          className={`${inputClass} bg-bg`}
        >
          {options.map(([key, text]) => (
            <option key={key} value={key}>
              {text}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function DateInput({
  name,
  label,
  value,
  onChange,
}: {
  name: string;
  label: string;
  value: Day | null;
  onChange: (day: Day | null) => void;
}) {
  return (
    <Field name={name} label={label}>
      {(input) => (
        <input
          {...input}
          type="date"
          value={value ?? ''}
          onChange={(event) => onChange(isDay(event.target.value) ? event.target.value : null)}
          className={`${inputClass} bg-bg`}
        />
      )}
    </Field>
  );
}
