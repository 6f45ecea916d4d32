import { focusManager, QueryClient } from '@tanstack/react-query';
import { isAppError } from './appError';
import { onSessionEnd } from './session';

/** Network errors and 5xx are tried again this often, with growing pauses; refusals never. */
const kRetries = 3;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (failures, error) => isAppError(error) && error.isTemporary && failures < kRetries,
    },
  },
});

onSessionEnd(() => queryClient.clear());

// By itself it hears only tabs being switched. Of two windows side by side none is ever hidden: the one that somebody
// turns to asks what changed.
focusManager.setEventListener((changed) => {
  const onChange = () => changed();
  window.addEventListener('visibilitychange', onChange);
  window.addEventListener('focus', onChange);
  return () => {
    window.removeEventListener('visibilitychange', onChange);
    window.removeEventListener('focus', onChange);
  };
});
