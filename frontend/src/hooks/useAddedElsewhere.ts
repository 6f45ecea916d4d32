import { useEffect, useRef, useState } from 'react';
import { t } from '../i18n/tasks';
import type { Task } from '../lib/tasks/task';
import { nameOfTask } from './taskWords';
import { showToast } from './useToasts';

/** Says where a new task went when the list on the screen does not show it. Returns how to report a new one. */
export function useAddedElsewhere(
  find: (taskId: string) => Task | undefined,
  shown: readonly Task[],
  show: () => void,
): (taskId: string) => void {
  const [addedId, setAddedId] = useState<string>();
  const latest = useRef(show);
  latest.current = show;
  useEffect(() => {
    const task = addedId && find(addedId);
    if (!task) return;
    setAddedId(undefined);
    if (shown.includes(task)) return;
    const action = { label: t('add.show'), run: () => latest.current() };
    showToast({ text: t('add.addedElsewhere', { task: nameOfTask(task) }), action });
  }, [addedId, find, shown]);
  return setAddedId;
}
