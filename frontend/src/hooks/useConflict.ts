import { useCallback, useMemo, useState } from 'react';
import type { Entry } from '../lib/tasks/queue';

/** The conflict that the person should look at: the first that he has not put off. */
export function useConflict(unsaved: ReadonlyMap<string, Entry>) {
  const [later, setLater] = useState<ReadonlySet<string>>(new Set());
  const entry = useMemo(
    () => [...unsaved.values()].find((each) => each.state === 'conflict' && !later.has(each.id)),
    [unsaved, later],
  );
  const hide = useCallback(() => {
    if (entry) setLater((ids) => new Set([...ids, entry.id]));
  }, [entry]);
  const show = useCallback((entryId: string) => {
    setLater((ids) => new Set([...ids].filter((id) => id !== entryId)));
  }, []);
  return { entry, hide, show };
}
