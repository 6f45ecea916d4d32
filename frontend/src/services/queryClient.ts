import { QueryClient } from '@tanstack/react-query';
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
