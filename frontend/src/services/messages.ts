import { t } from '../i18n/common';
import { type AppError, isAppError } from './appError';

/** One or two sentences about any error: what happened, what is safe, what to do. */
export function messageOf(error: unknown): string {
  if (!isAppError(error)) return t('error.server');
  if (error.kind === 'timeout') return t('error.timeout');
  if (error.kind !== 'refused') return t('error.offline');
  return refusedMessage(error);
}

function refusedMessage(error: AppError): string {
  switch (error.status) {
    case 401:
      return t('error.notSignedIn');
    case 403:
      return t('error.forbidden');
    case 404:
      return t('error.notFound');
    case 429:
      return t('error.throttled', { wait: waitText(error.retryAfter ?? 60) });
  }
  if (error.status < 500) return error.problem.detail ?? t('error.invalid');
  const id = error.problem.request_id;
  return id ? t('error.server.reference', { id }) : t('error.server');
}

/** "45 seconds", "3 minutes", "2 hours"; rounded up, so that nobody is told to come too early. */
export function waitText(seconds: number): string {
  if (seconds <= 90) return t('wait.seconds', { n: Math.max(1, Math.ceil(seconds)) });
  if (seconds <= 90 * 60) return t('wait.minutes', { n: Math.ceil(seconds / 60) });
  return t('wait.hours', { n: Math.ceil(seconds / 3600) });
}
