import { useTaskMutations } from '../../hooks/useTaskMutations';
import { t } from '../../i18n/tasks';
import type { Day } from '../../lib/dates/day';
import { fullDay } from '../../lib/dates/format';
import type { Entry } from '../../lib/tasks/queue';
import type { Task, TaskPatch } from '../../lib/tasks/task';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';

/** Both versions of a task that two changed at once; the person chooses. */
export function ConflictDialog({ entry, onClose }: { entry: Entry | undefined; onClose: () => void }) {
  const { keepMine, takeTheirs } = useTaskMutations();
  const { theirs, write } = entry ?? {};
  const isShown = theirs !== undefined && write?.kind === 'update';
  return (
    <Dialog open={isShown} title={t('conflict.title')} onClose={onClose} className="w-[min(36rem,calc(100vw-2rem))]">
      {isShown && entry && (
        <>
          <p className="mt-2 text-muted">{t('conflict.text')}</p>
          <div className="mt-4 grid gap-3 sm:grid-cols-2">
            <Version title={t('conflict.mine')} task={theirs} patch={write.patch} compared={write.patch} />
            <Version title={t('conflict.theirs')} task={theirs} patch={{}} compared={write.patch} />
          </div>
          <div className="mt-6 flex flex-wrap gap-2">
            <Button
              onClick={() => {
                keepMine(entry.id);
                onClose();
              }}
            >
              {t('conflict.keepMine')}
            </Button>
            <Button
              variant="secondary"
              onClick={() => {
                takeTheirs(entry.id, theirs);
                onClose();
              }}
            >
              {t('conflict.takeTheirs')}
            </Button>
            <Button variant="quiet" onClick={onClose}>
              {t('conflict.later')}
            </Button>
          </div>
        </>
      )}
    </Dialog>
  );
}

/** The fields in question as one version has them. */
function Version({
  title,
  task,
  patch,
  compared,
}: {
  title: string;
  task: Task;
  patch: TaskPatch;
  compared: TaskPatch;
}) {
  const version = { ...task, ...patch };
  return (
    <section className="rounded-control bg-surface p-3">
      <h3 className="font-medium text-muted text-second">{title}</h3>
      <p className="mt-1 max-h-48 overflow-y-auto whitespace-pre-line [overflow-wrap:anywhere]">
        {version.description}
      </p>
      {compared.due_date !== undefined && <p className="mt-1 text-second">{dueInWords(version.due_date)}</p>}
      {compared.status !== undefined && <p className="mt-1 text-second">{t(`status.${version.status}`)}</p>}
    </section>
  );
}

function dueInWords(day: Day | null): string {
  return day === null ? t('due.none') : t('due.full', { day: fullDay(day) });
}
