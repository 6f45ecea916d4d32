import { type FormEvent, useCallback, useEffect, useRef, useState } from 'react';
import type { FieldError } from '../services/appError';
import { type FieldErrors, type FormProblem, problemOfForm } from '../services/formErrors';

export type Values<Name extends string> = Record<Name, string>;
/** Says what is wrong with a value, as a whole sentence, or nothing. */
export type Check<Name extends string> = (value: string, values: Values<Name>) => string | undefined;

export interface FormOptions<Name extends string> {
  /** Field names in the order in which they stand on the page, each with its check. */
  readonly fields: Readonly<Record<Name, Check<Name>>>;
  /** Sends the values. What it throws is shown in the form. */
  readonly submit: (values: Values<Name>) => Promise<void>;
  /** Words for errors that only this form knows; undefined leaves the general ones. */
  readonly explain?: (error: unknown) => FormProblem<Name> | undefined;
  /** Words for a field that the server refused; by default the server's own. */
  readonly words?: (error: FieldError) => string;
}

export interface Form<Name extends string> {
  readonly errors: FieldErrors<Name>;
  /** What is wrong with no field in particular. */
  readonly problem: FormProblem<Name> | null;
  readonly hasErrors: boolean;
  readonly pending: boolean;
  /** Counts refused submits, so that focus moves each time. */
  readonly refusals: number;
  readonly formProps: {
    readonly ref: (form: HTMLFormElement | null) => void;
    readonly noValidate: true;
    readonly onSubmit: (event: FormEvent<HTMLFormElement>) => void;
    readonly onInput: (event: FormEvent<HTMLFormElement>) => void;
  };
  readonly submitNow: () => void;
  /** Shows what is wrong, as after a refused submit. */
  readonly refuse: (problem: FormProblem<Name>) => void;
  /** Takes all messages away; what was typed stays. */
  readonly clear: () => void;
  /** Empties a field. */
  readonly reset: (name: Name) => void;
  /** The element of a field, for focus. */
  readonly element: (name: Name) => HTMLInputElement | null;
}

/**
 * A form of uncontrolled inputs. Checks on submit; after that, on input, only the fields that show an error. One wrong
 * field takes the focus itself, several leave it to the ErrorSummary. One request at a time.
 */
export function useForm<Name extends string>(options: FormOptions<Name>): Form<Name> {
  const latest = useRef(options);
  latest.current = options;
  const form = useRef<HTMLFormElement | null>(null);
  const running = useRef(false);
  const [errors, setErrors] = useState<FieldErrors<Name>>({});
  const [problem, setProblem] = useState<FormProblem<Name> | null>(null);
  const [pending, setPending] = useState(false);
  const [refusals, setRefusals] = useState(0);
  const names = Object.keys(options.fields) as Name[];

  const element = useCallback((name: Name) => {
    const found = form.current?.elements.namedItem(name);
    return found instanceof HTMLInputElement ? found : null;
  }, []);

  const values = useCallback((): Values<Name> => {
    const data = new FormData(form.current ?? undefined);
    const all = Object.keys(latest.current.fields) as Name[];
    return Object.fromEntries(all.map((name) => [name, String(data.get(name) ?? '')])) as Values<Name>;
  }, []);

  const refuse = useCallback((next: FormProblem<Name>) => {
    setErrors(next.fields ?? {});
    setProblem(next.text ? next : null);
    setRefusals((count) => count + 1);
  }, []);

  const run = useCallback(async () => {
    if (running.current) return;
    const { fields, submit, explain, words } = latest.current;
    const given = values();
    const wrong = check(fields, given);
    if (Object.keys(wrong).length > 0) return refuse({ fields: wrong });
    running.current = true;
    setPending(true);
    setErrors({});
    setProblem(null);
    try {
      await submit(given);
    } catch (error) {
      refuse(explain?.(error) ?? problemOfForm(error, Object.keys(fields) as Name[], words));
    } finally {
      running.current = false;
      setPending(false);
    }
  }, [refuse, values]);

  const onInput = useCallback(
    (event: FormEvent<HTMLFormElement>) => {
      const name = (event.target as HTMLInputElement).name as Name;
      setErrors((shown) => {
        if (!shown[name]) return shown;
        const given = values();
        return { ...shown, [name]: latest.current.fields[name]?.(given[name] ?? '', given) };
      });
    },
    [values],
  );

  const wrongNames = names.filter((name) => errors[name]);
  const onlyWrong = wrongNames.length === 1 && !problem ? wrongNames[0] : undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: focus moves once for each refused submit, not while typing
  useEffect(() => {
    if (refusals > 0 && onlyWrong) element(onlyWrong)?.focus();
  }, [refusals]);

  return {
    errors,
    problem,
    hasErrors: wrongNames.length > 0 || problem !== null,
    pending,
    refusals,
    formProps: {
      ref: useCallback((node: HTMLFormElement | null) => {
        form.current = node;
      }, []),
      noValidate: true,
      onSubmit: useCallback(
        (event: FormEvent<HTMLFormElement>) => {
          event.preventDefault();
          void run();
        },
        [run],
      ),
      onInput,
    },
    submitNow: useCallback(() => void run(), [run]),
    refuse,
    clear: useCallback(() => {
      setErrors({});
      setProblem(null);
    }, []),
    reset: useCallback(
      (name: Name) => {
        const input = element(name);
        if (input) input.value = '';
      },
      [element],
    ),
    element,
  };
}

function check<Name extends string>(fields: FormOptions<Name>['fields'], given: Values<Name>): FieldErrors<Name> {
  const wrong: FieldErrors<Name> = {};
  for (const name of Object.keys(fields) as Name[]) {
    const message = fields[name](given[name], given);
    if (message) wrong[name] = message;
  }
  return wrong;
}

/** A check that only asks for something but blanks. */
export function required(message: string): (value: string) => string | undefined {
  return (value) => (value.trim() === '' ? message : undefined);
}
