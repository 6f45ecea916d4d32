import { useOnline } from '../../hooks/useOnline';
import type { Tasks } from '../../hooks/useTasks';
import { t } from '../../i18n/tasks';
import { messageOf } from '../../services/messages';
import { Banner } from '../ui/Banner';
import { Button } from '../ui/Button';
import { EmptyState } from './EmptyState';

/** The tasks could not be brought up to date: what failed, and Retry. What is known stays on the screen. */
export function ListProblem({ tasks }: { tasks: Tasks }) {
  const online = useOnline();
  if (!tasks.error) return null;
  if (tasks.all.length === 0)
    return (
      <EmptyState
        drawing="cloud"
        title={t('empty.error.title')}
        text={messageOf(tasks.error)}
        action={<Button onClick={tasks.refetch}>{t('empty.error.action')}</Button>}
      />
    );
  // Without a connection the banner of the page says it all.
  if (!online) return null;
  return (
    <Banner kind="warn" live className="mb-4">
      {t('error.stale')}{' '}
      <button type="button" onClick={tasks.refetch} className="-my-3 min-h-11 font-medium underline underline-offset-3">
        {t('app.retry')}
      </button>
    </Banner>
  );
}
