import { clsx } from 'clsx';
import type { ComponentProps, ReactNode } from 'react';
import { FieldError } from './FieldError';

export interface FieldProps {
  /** Stable across releases: password managers go by it. */
  readonly name: string;
  /** The name, unless two forms on one page share it. */
  readonly id?: string;
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  /** More elements that describe the input. */
  readonly describedBy?: string;
  /** The input; it must spread what it is given. */
  readonly children: (input: InputProps) => ReactNode;
}

export interface InputProps {
  readonly id: string;
  readonly name: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': true | undefined;
}

/** Label above, hint below it, the input, and what is wrong with it under the input, all tied together by id. */
export function Field({ name, id = name, label, hint, error, describedBy, children }: FieldProps) {
  const hintId = hint ? `${id}-hint` : undefined;
  const errorId = error ? `${id}-error` : undefined;
  return (
    <div>
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      {hint && (
        <div id={hintId} className="text-second text-muted">
          {hint}
        </div>
      )}
      <div className="mt-1.5">
        {children({
          id,
          name,
          'aria-describedby': clsx(errorId, hintId, describedBy) || undefined,
          'aria-invalid': error ? true : undefined,
        })}
      </div>
      {error && errorId && <FieldError id={errorId}>{error}</FieldError>}
    </div>
  );
}

/** The look of one-line inputs. */
export const inputClass = clsx(
  'block min-h-11 w-full rounded-control border border-control bg-surface px-3 py-2 text-body text-text transition',
  'hover:border-text focus-visible:border-accent focus-visible:bg-bg focus-visible:outline-offset-0',
  'aria-invalid:border-danger aria-invalid:ring-1 aria-invalid:ring-danger',
);

/** A Field with a plain input. */
export function TextField({
  name,
  id,
  label,
  hint,
  error,
  ...input
}: Omit<FieldProps, 'children'> & ComponentProps<'input'>) {
  return (
    <Field name={name} id={id} label={label} hint={hint} error={error}>
      {(props) => <input type="text" {...input} {...props} className={inputClass} />}
    </Field>
  );
}
