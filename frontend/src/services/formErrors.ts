import { t } from '../i18n/t';
import { type AppError, isAppError } from './appError';

/** A sentence per wrong field. */
export type FieldErrors<Name extends string> = { [Key in Name]?: string | undefined };

/** What a form shows after a refused submit: wrong fields, or a text about the whole, or both. */
export interface FormProblem<Name extends string = string> {
  readonly fields?: FieldErrors<Name>;
  readonly text?: string;
  /** Offer "Try again" beside the text. */
  readonly canRetry?: boolean;
}

/** The general words for an error of a call. `names` are the fields of the form; errors of others join the text. */
export function problemOfForm<Name extends string>(error: unknown, names: readonly Name[]): FormProblem<Name> {
  if (isAppError(error) && error.status === 422 && error.fields.length > 0) {
    const fields: FieldErrors<Name> = {};
    const others: string[] = [];
    for (const { field, message } of error.fields) {
      const name = names.find((each) => each === field);
      if (name) fields[name] ??= message;
      else others.push(message);
    }
    return { fields, text: others.join(' ') || undefined };
  }
  return { text: messageOf(error), canRetry: isAppError(error) && error.isTemporary && error.status !== 429 };
}

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
