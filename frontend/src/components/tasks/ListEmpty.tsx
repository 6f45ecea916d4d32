import { t } from '../../i18n/tasks';
import { type Filters, isNarrowed, widened } from '../../lib/tasks/filters';
import type { Counts } from '../../lib/tasks/select';
import { Button } from '../ui/Button';
import { EmptyState } from './EmptyState';

/** Why the list is empty: nothing yet, all done, nothing of this kind, or filters that let nothing through. */
export function ListEmpty({
  filters,
  counts,
  onFilters,
}: {
  filters: Filters;
  counts: Counts;
  onFilters: (fields: Partial<Filters>) => void;
}) {
  if (isNarrowed(filters)) {
    const q = filters.q.trim();
    return (
      <EmptyState
        drawing="glass"
        title={t('empty.noMatch.title')}
        text={q ? t('empty.noMatch.query', { q }) : t('empty.noMatch.text')}
        action={
          <Button variant="secondary" onClick={() => onFilters(widened(filters))}>
            {t('empty.noMatch.action')}
          </Button>
        }
      />
    );
  }
  if (counts.all === 0) return <EmptyState drawing="page" title={t('empty.new.title')} text={t('empty.new.text')} />;
  switch (filters.view) {
    case 'today':
      return <EmptyState drawing="sun" title={t('empty.today.title')} text={t('empty.today.text')} />;
    case 'upcoming':
      return <EmptyState drawing="calendar" title={t('empty.upcoming.title')} text={t('empty.upcoming.text')} />;
    case 'in_progress':
      return <EmptyState drawing="page" title={t('empty.in_progress.title')} text={t('empty.in_progress.text')} />;
    case 'completed':
      return <EmptyState drawing="page" title={t('empty.completed.title')} text={t('empty.completed.text')} />;
    default:
      return <EmptyState drawing="sun" title={t('empty.done.title')} text={t('empty.done.text')} />;
  }
}
