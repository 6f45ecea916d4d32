import { useCallback } from 'react';
import { useLocation, useNavigate, useSearchParams } from 'react-router';

/** The task in the editor. It is part of the address, so that "back" closes the editor on a phone. */
export function useOpenTask(): { openId: string | null; open: (taskId: string) => void; close: () => void } {
  const [params, setParams] = useSearchParams();
  const { state } = useLocation();
  const navigate = useNavigate();
  const openId = params.get('task');
  const openedHere = (state as { opened?: boolean } | null)?.opened === true;

  const open = useCallback(
    (taskId: string) => {
      // Going from task to task is one step in the history, not one for each.
      const replace = openId !== null;
      setParams((now) => withTask(now, taskId), { replace, state: { opened: !replace || openedHere } });
    },
    [openId, openedHere, setParams],
  );
  const close = useCallback(() => {
    if (openedHere) void navigate(-1);
    else setParams((now) => withTask(now, null), { replace: true });
  }, [openedHere, navigate, setParams]);
  return { openId, open, close };
}

function withTask(params: URLSearchParams, taskId: string | null): URLSearchParams {
  const next = new URLSearchParams(params);
  if (taskId === null) next.delete('task');
  else next.set('task', taskId);
  return next;
}
