import { type FieldError, isAppError } from './appError';
import { messageOf } from './messages';

/** A sentence per wrong field. */
export type FieldErrors<Name extends string> = { [Key in Name]?: string | undefined };

/** What a form shows after a refused submit: wrong fields, or a text about the whole, or both. */
export interface FormProblem<Name extends string = string> {
  readonly fields?: FieldErrors<Name>;
  readonly text?: string;
  /** The server's code, for forms that offer a way out of it. */
  readonly code?: string;
  /** Offer "Try again" beside the text. */
  readonly canRetry?: boolean;
}

/**
 * The general words for an error of a call. `names` are the fields of the form; errors of others join the text. `words`
 * says one wrong field; by default as the server does.
 */
export function problemOfForm<Name extends string>(
  error: unknown,
  names: readonly Name[],
  words: (error: FieldError) => string = (wrong) => wrong.message,
): FormProblem<Name> {
  if (isAppError(error) && error.status === 422 && error.fields.length > 0) {
    const fields: FieldErrors<Name> = {};
    const others: string[] = [];
    for (const wrong of error.fields) {
      const name = names.find((each) => each === wrong.field);
      if (name) fields[name] ??= words(wrong);
      else others.push(words(wrong));
    }
    return { fields, text: others.join(' ') || undefined };
  }
  return { text: messageOf(error), canRetry: isAppError(error) && error.isTemporary && error.status !== 429 };
}
