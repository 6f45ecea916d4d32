import { clsx } from 'clsx';
import { CloudUpload, GitCompareArrows, TriangleAlert } from 'lucide-react';
import { useTaskMutations } from '../../hooks/useTaskMutations';
import { t } from '../../i18n/tasks';
import type { Entry } from '../../lib/tasks/queue';
import { Icon } from '../ui/icons';

/** Whether a change of the task has trouble, which the row must show. A quick round trip shows nothing. */
export function isTroubled(entry: Entry | undefined): entry is Entry {
  if (!entry) return false;
  return entry.attempts > 0 || entry.state === 'failed' || entry.state === 'conflict' || entry.state === 'waiting';
}

/** What is wrong with saving the task, and what the person can do about it. */
export function RowStatus({ entry, name, onCompare }: { entry: Entry; name: string; onCompare: () => void }) {
  const { retry, discard } = useTaskMutations();
  if (entry.state === 'conflict')
    return (
      <p className="flex flex-wrap items-center gap-x-2 text-warn">
        <Icon of={GitCompareArrows} size={16} />
        <span>{t('unsaved.conflict')}</span>
        <RowLink action={t('unsaved.review')} name={name} onClick={onCompare} />
      </p>
    );
  const failed = entry.state === 'failed';
  return (
    <p className={clsx('flex flex-wrap items-center gap-x-2', failed ? 'text-danger' : 'text-warn')}>
      <Icon of={failed ? TriangleAlert : CloudUpload} size={16} />
      <span>
        {t(failed ? 'unsaved.failed' : 'unsaved.waiting')}
        {failed && entry.reason && `: ${entry.reason}`}
      </span>
      <RowLink action={t('unsaved.retry')} name={name} onClick={() => retry(entry.id)} />
      <RowLink action={t('unsaved.discard')} name={name} onClick={() => discard(entry.id)} />
    </p>
  );
}

/** Looks like a link in the line, is a button with a target of 44 px. */
function RowLink({ action, name, onClick }: { action: string; name: string; onClick: () => void }) {
  return (
    <button
      type="button"
      onClick={onClick}
      aria-label={t('unsaved.of', { action, task: name })}
      className="-my-3 min-h-11 min-w-11 px-1 font-medium text-text underline underline-offset-3 hover:decoration-2"
    >
      {action}
    </button>
  );
}
