import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { Sort } from '../lib/tasks/filters';
import type { Entry, Queue } from '../lib/tasks/queue';
import { compareBy, withEffects } from '../lib/tasks/select';
import { isComplete } from '../lib/tasks/store';
import type { Task, TaskMap } from '../lib/tasks/task';
import { effects, type Write } from '../lib/tasks/write';
import { outbox, startTasks, tasksQuery } from '../services/taskData';
import { useSession } from './useSession';
import { useStore } from './useStore';

export interface Tasks {
  /** Every task as the person should see it, in this order: what is confirmed, with his own changes over it. */
  readonly all: readonly Task[];
  /** One of them. */
  readonly find: (taskId: string) => Task | undefined;
  /** Tasks of which a change is not confirmed yet, with the first such change. */
  readonly unsaved: ReadonlyMap<string, Entry>;
  /** Nothing to show yet. */
  readonly isLoading: boolean;
  /** The first load is still bringing older tasks. */
  readonly isPartial: boolean;
  /** Why the tasks could not be brought up to date; what is known stays on the screen. */
  readonly error: Error | null;
  readonly refetch: () => void;
}

const kNoTasks: TaskMap = new Map();

/** The tasks of the signed-in user. */
export function useTasks(sort: Sort): Tasks {
  const userId = useSession()?.user_id ?? 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: anew for each user
  useEffect(() => void startTasks(), [userId]);
  const { data, error, isFetching, refetch } = useQuery({ ...tasksQuery(userId), enabled: userId > 0 });
  const queue = useStore(outbox.queue);
  const writes = useSameWrites(queue);
  const confirmed = data?.byId ?? kNoTasks;
  const changes = useMemo(() => effects(confirmed, writes), [confirmed, writes]);
  const sorted = useMemo(() => [...confirmed.values()].sort(compareBy(sort)), [confirmed, sort]);
  const all = useMemo(() => withEffects(sorted, changes, sort), [sorted, changes, sort]);
  const find = useCallback(
    (taskId: string) => (changes.has(taskId) ? changes.get(taskId) : confirmed.get(taskId)),
    [changes, confirmed],
  );
  const unsaved = useMemo(() => firstOfEachTask(queue), [queue]);
  return {
    all,
    find,
    unsaved,
    isLoading: data === undefined && error === null,
    isPartial: data !== undefined && !isComplete(data) && isFetching,
    error,
    refetch: () => void refetch(),
  };
}

/** The same array as long as the writes are the same: that one is being sent changes nothing on the screen. */
function useSameWrites(queue: Queue): readonly Write[] {
  const last = useRef<readonly Write[]>([]);
  const same = queue.length === last.current.length && queue.every((entry, at) => entry.write === last.current[at]);
  if (!same) last.current = queue.map((entry) => entry.write);
  return last.current;
}

function firstOfEachTask(queue: Queue): ReadonlyMap<string, Entry> {
  const first = new Map<string, Entry>();
  for (const entry of queue) if (!first.has(entry.write.task_id)) first.set(entry.write.task_id, entry);
  return first;
}
