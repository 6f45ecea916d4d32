import { isComplete, kEmptyStore, mergeDelta, mergePage, type TaskPage, type TaskStore } from '../lib/tasks/store';
import { isAppError } from './appError';
import { type Changes, getChanges, getPage } from './tasks';

/** Where the store lies while it is brought up to date. */
export interface SyncPlace {
  /** What is known at this moment. Own writes may be confirmed while a request is under way. */
  read(): TaskStore | undefined;
  /** Shows a step on the way. */
  paint(store: TaskStore): void;
  /** Waits until the browser had the time to draw it. */
  drawn(): Promise<void>;
  /** What an earlier visit kept. */
  remembered(): Promise<TaskStore | undefined>;
  /** The first page, if it was asked for before this code was there and holds no less than what is known by now. */
  early(): Promise<TaskPage | undefined>;
  /** Counts own deletions and restorations: an answer that was begun before one may bring back what is gone. */
  epoch(): number;
  /** Counts own confirmed writes. */
  writes(): number;
}

/**
 * Brings the tasks up to date: from memory of an earlier visit, by the pages of the first load (painted after the
 * first), then by what changed since. Asks nothing twice; an interrupted first load goes on where it stopped.
 */
export async function syncTasks(place: SyncPlace, signal?: AbortSignal): Promise<TaskStore> {
  if (!place.read()) {
    const remembered = await place.remembered();
    if (remembered) place.paint(remembered);
  }
  for (;;) {
    const store = place.read() ?? kEmptyStore;
    if (isComplete(store)) {
      if (!(await loadChanges(place, store, signal))) return place.read() ?? store;
    } else {
      await loadPage(place, store, signal);
      if (store.since !== null) continue;
      // One page is one moment: nothing can have changed since.
      const loaded = place.read();
      if (loaded && isComplete(loaded)) return loaded;
      // The rest must not keep the screen from showing the first page.
      await place.drawn();
    }
  }
}

async function loadPage(place: SyncPlace, store: TaskStore, signal?: AbortSignal): Promise<void> {
  const epoch = place.epoch();
  try {
    const early = store.cursor === null ? await place.early() : undefined;
    const page = early ?? (await getPage(store.cursor, signal));
    if (epoch === place.epoch()) place.paint(mergePage(place.read() ?? store, page));
  } catch (error) {
    if (!isStale(error)) throw error;
    place.paint(kEmptyStore);
  }
}

/** True when there is more to ask. */
async function loadChanges(place: SyncPlace, store: TaskStore, signal?: AbortSignal): Promise<boolean> {
  const epoch = place.epoch();
  const changes = await changesSince(place, store, signal);
  if (changes === 'reset') {
    place.paint(await loadAnew(signal));
    return true;
  }
  if (epoch !== place.epoch()) return true;
  place.paint(mergeDelta(place.read() ?? store, changes));
  return changes.more;
}

async function changesSince(place: SyncPlace, store: TaskStore, signal?: AbortSignal): Promise<Changes | 'reset'> {
  try {
    const changes = await getChanges(store.since ?? '', place.writes(), signal);
    return changes.reset ? 'reset' : changes;
  } catch (error) {
    if (isStale(error)) return 'reset';
    throw error;
  }
}

/** The whole list once more, out of sight: what is on the screen stays until the last page is here. */
async function loadAnew(signal?: AbortSignal): Promise<TaskStore> {
  let store = kEmptyStore;
  do store = mergePage(store, await getPage(store.cursor, signal));
  while (store.cursor !== null);
  return store;
}

/** The server does not know our mark any more, such as after a restored backup. */
function isStale(error: unknown): boolean {
  return isAppError(error) && (error.code === 'invalid_since' || error.code === 'invalid_cursor');
}
