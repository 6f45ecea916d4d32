import { t } from '../i18n/tasks';
import { nowInstant } from '../lib/dates/now';
import { changedFields, sameFields, type Task, type TaskFields, type TaskPatch } from '../lib/tasks/task';
import type { Write } from '../lib/tasks/write';
import { uuidv7 } from '../lib/uuid';
import { isAppError } from '../services/appError';
import { confirmedTask, onRefused, outbox, takeTheirs } from '../services/taskData';
import { nameOfTask } from './taskWords';
import { linger } from './useLinger';
import { showToast } from './useToasts';
import { offerUndo } from './useUndo';

/** What a person can do to tasks. Each shows at once and is sent in the background. */
export interface TaskMutations {
  create(fields: TaskFields): string;
  /** Changes what differs; false when nothing does. */
  update(task: Task, patch: TaskPatch): boolean;
  /** Completes an open task, opens a completed one. */
  toggle(task: Task): void;
  remove(task: Task): void;
  retry(entryId: string): void;
  discard(entryId: string): void;
  keepMine(entryId: string): void;
  takeTheirs(entryId: string, theirs: Task): void;
}

export function useTaskMutations(): TaskMutations {
  return mutations;
}

const mutations: TaskMutations = {
  create(fields) {
    const task_id = uuidv7();
    outbox.add({ kind: 'create', task_id, ...fields, at: nowInstant() });
    return task_id;
  },

  update(task, patch) {
    const changed = changedFields(task, patch);
    if (!changed) return false;
    if (changed.status === 'completed') linger(task.task_id);
    outbox.add(updateWrite(task, changed));
    const text = t('toast.changed', { task: nameOfTask({ ...task, ...changed }) });
    offerUndo(text, () => outbox.add(updateWrite({ ...task, ...changed }, sameFields(task, changed))));
    return true;
  },

  toggle(task) {
    const status = task.status === 'completed' ? 'pending' : 'completed';
    if (status === 'completed') linger(task.task_id);
    outbox.add(updateWrite(task, { status }));
    const text = t(status === 'completed' ? 'toast.completed' : 'toast.reopened', { task: nameOfTask(task) });
    offerUndo(text, () => outbox.add(updateWrite({ ...task, status }, { status: task.status })));
  },

  remove(task) {
    outbox.add({ kind: 'delete', task_id: task.task_id, at: nowInstant() });
    offerUndo(t('toast.deleted', { task: nameOfTask(task) }), () =>
      outbox.add({ kind: 'restore', task_id: task.task_id, task, at: nowInstant() }),
    );
  },

  retry: (entryId) => outbox.retry(entryId),
  discard: (entryId) => outbox.discard(entryId),
  keepMine: (entryId) => outbox.keepMine(entryId),
  takeTheirs,
};

function updateWrite(seen: Task, patch: TaskPatch): Write {
  return { kind: 'update', task_id: seen.task_id, patch, base: sameFields(seen, patch), at: nowInstant() };
}

onRefused((write, error) => {
  const gone = isAppError(error) && error.status === 404;
  const readOnly = isAppError(error) && error.status === 403;
  const key = gone ? 'toast.gone' : readOnly ? 'toast.readOnly' : 'toast.refused';
  showToast({ text: t(key, { task: nameOf(write) }) });
});

function nameOf(write: Write): string {
  if (write.kind === 'create') return nameOfTask(write);
  const task = write.kind === 'restore' ? write.task : confirmedTask(write.task_id);
  return task ? nameOfTask(task) : t('toast.unnamed');
}
