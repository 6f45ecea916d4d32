import { onlineManager, queryOptions } from '@tanstack/react-query';
import { dropTask, putTask, type TaskStore } from '../lib/tasks/store';
import type { Task } from '../lib/tasks/task';
import type { Write } from '../lib/tasks/write';
import { uuidv7 } from '../lib/uuid';
import { AppError } from './appError';
import { dropEarly } from './earlyAnswer';
import { idle } from './idle';
import { createOutbox } from './outbox';
import { type OutboxStorage, openOutboxStorage } from './outboxStorage';
import { performWrite, WriteConflict } from './performWrite';
import { queryClient } from './queryClient';
import { currentUser, onSessionEnd, subscribeSession } from './session';
import { forgetTasks, recallTasks, rememberTasks, writeTasks } from './taskCache';
import { syncTasks } from './taskSync';
import { takeFirstPage } from './tasks';

/** Several changes in a row are followed by one question what else changed (milliseconds). */
const kRefreshDelay = 1_000;

/** For so long nobody asks again only because a page appears (milliseconds). */
const kFresh = 5_000;

const tab = uuidv7();
const refusals = new Set<(write: Write, error: AppError) => void>();
let storage: OutboxStorage | undefined;
let storageOf: number | undefined;
let writes = 0;
let epoch = 0;
let ending = false;
let refreshTimer: ReturnType<typeof setTimeout> | undefined;

/** The one query of tasks. It holds what the server confirmed; what is on the way lies in the outbox. */
export function tasksQuery(userId: number) {
  const queryKey = ['tasks', userId] as const;
  return queryOptions({
    queryKey,
    queryFn: ({ signal }): Promise<TaskStore> => {
      // The page is still there while its stores are being emptied: it must not fill them again.
      if (ending) throw new AppError('aborted');
      return syncTasks(
        {
          read: () => queryClient.getQueryData<TaskStore>(queryKey),
          paint: (store) => queryClient.setQueryData(queryKey, store),
          drawn: idle,
          remembered: () => recallTasks(userId),
          // It is older than a write that was confirmed meanwhile, such as one of an earlier visit.
          early: async () => (writes === 0 ? takeFirstPage(userId, signal) : undefined),
          epoch: () => epoch,
          writes: () => writes,
        },
        signal,
      );
    },
    // Merging keeps the identity of untouched tasks; comparing ten thousand of them again would cost more.
    structuralSharing: false,
    // The first try runs also without a connection: it shows what is remembered.
    networkMode: 'offlineFirst',
    // The page appears moments after its tasks were asked for: that is no reason to ask again.
    staleTime: kFresh,
    refetchOnWindowFocus: 'always',
    refetchOnReconnect: 'always',
    gcTime: Number.POSITIVE_INFINITY,
  });
}

export const outbox = createOutbox({
  perform: async (write) => {
    try {
      return await performWrite(write, confirmedTask(write.task_id));
    } catch (error) {
      // What the person decides about must be what he is shown.
      if (error instanceof WriteConflict) change((store) => putTask(store, error.theirs));
      throw error;
    }
  },
  confirmed: takeIn,
  refused: (write, error) => {
    for (const tell of refusals) tell(write, error);
    refreshSoon();
  },
  settled: refreshSoon,
  isOnline: () => onlineManager.isOnline(),
  later: (work) => setTimeout(work),
  newId: uuidv7,
  random: Math.random,
});

/** Tells of writes that were given up. Returns the undo. */
export function onRefused(listener: (write: Write, error: AppError) => void): () => void {
  refusals.add(listener);
  return () => refusals.delete(listener);
}

/**
 * Starts what the task page needs: the list, and the writes of an earlier visit. Once for each sign-in; called before the
 * code of the page has arrived. Resolves when there is something to show, or nothing could be brought.
 */
export function startTasks(): Promise<void> {
  const user = currentUser();
  if (!user || storageOf === user.user_id) return Promise.resolve();
  storageOf = user.user_id;
  storage = openOutboxStorage(user.user_id, tab);
  void storage.adopt().then((entries) => {
    if (entries.length > 0) outbox.adopt(entries);
  });
  const query = tasksQuery(user.user_id);
  return new Promise((shown) => {
    const stop = queryClient.getQueryCache().subscribe(() => {
      if (queryClient.getQueryData(query.queryKey)) shown();
    });
    void queryClient.prefetchQuery(query).then(() => {
      stop();
      shown();
      // What was asked for early serves this load only.
      dropEarly();
    });
  });
}

/** Asks what changed; a hidden page asks nothing, it is asked again when it is shown. */
export function refreshTasks(): Promise<void> {
  const user = currentUser();
  if (!user || document.visibilityState === 'hidden') return Promise.resolve();
  return queryClient.invalidateQueries({ queryKey: tasksQuery(user.user_id).queryKey });
}

/** Somebody else's version takes the place of the person's: "Take theirs". */
export function takeTheirs(entryId: string, theirs: Task): void {
  change((store) => putTask(store, theirs));
  outbox.discard(entryId);
}

function takeIn(write: Write, task: Task | null): void {
  writes++;
  if (write.kind === 'delete' || write.kind === 'restore') epoch++;
  change((store) => (task ? putTask(store, task) : dropTask(store, write.task_id)));
}

function change(next: (store: TaskStore) => TaskStore): void {
  const user = currentUser();
  if (user) queryClient.setQueryData(tasksQuery(user.user_id).queryKey, (store) => store && next(store));
}

/** The task as the server last confirmed it. */
export function confirmedTask(taskId: string): Task | undefined {
  return confirmedTasks()?.byId.get(taskId);
}

function confirmedTasks(): TaskStore | undefined {
  const user = currentUser();
  return user ? queryClient.getQueryData(tasksQuery(user.user_id).queryKey) : undefined;
}

function refreshSoon(): void {
  clearTimeout(refreshTimer);
  refreshTimer = setTimeout(() => void refreshTasks(), kRefreshDelay);
}

let isKeeping = false;
outbox.queue.subscribe(() => {
  if (isKeeping) return;
  isKeeping = true;
  // After the screen, like sending; what changed several times by then is written once.
  setTimeout(() => {
    isKeeping = false;
    storage?.keep(outbox.queue.get());
  });
});
onlineManager.subscribe((online) => {
  if (online) outbox.retryWaiting();
});
queryClient.getQueryCache().subscribe(({ query }) => {
  const [name, userId] = query.queryKey;
  if (name === 'tasks' && typeof userId === 'number' && query.state.data !== undefined)
    rememberTasks(userId, query.state.data as TaskStore);
});
globalThis.document?.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') void writeTasks();
});
onSessionEnd(async () => {
  ending = true;
  const user = currentUser()?.user_id;
  clearTimeout(refreshTimer);
  outbox.clear();
  queryClient.clear();
  await storage?.clear();
  storage = undefined;
  storageOf = undefined;
  if (user !== undefined) await forgetTasks(user);
});
// Told when the next user, or nobody, has taken the place of the one who left.
subscribeSession(() => {
  ending = false;
});
