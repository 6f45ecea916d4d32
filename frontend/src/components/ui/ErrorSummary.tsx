import { CircleAlert } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import type { Form } from '../../hooks/useForm';
import { t } from '../../i18n/common';
import { Button } from './Button';
import { Icon } from './icons';

export interface ErrorSummaryProps<Name extends string> {
  readonly form: Form<Name>;
  /** The fields in the order in which they stand on the page. */
  readonly names: readonly Name[];
  /** The way out of the problem, such as "Send a new code". */
  readonly children?: ReactNode;
}

/**
 * What is wrong with a form, on top of it: all fields when there are two or more (links that focus them), and what is
 * wrong with the whole. Takes the focus after each refused submit.
 */
export function ErrorSummary<Name extends string>({ form, names, children }: ErrorSummaryProps<Name>) {
  const box = useRef<HTMLDivElement>(null);
  const wrong = names.filter((name) => form.errors[name]);
  // How many fields were wrong when the form was refused: mending them one by one must not make the box jump away.
  const listed = useRef(false);
  const lastRefusal = useRef(0);
  if (lastRefusal.current !== form.refusals) {
    lastRefusal.current = form.refusals;
    listed.current = wrong.length > 1 || (wrong.length > 0 && form.problem !== null);
  }
  const links = listed.current ? wrong : [];
  const shown = links.length > 0 || form.problem !== null;

  // biome-ignore lint/correctness/useExhaustiveDependencies: focus moves once for each refused submit, not while typing
  useEffect(() => {
    if (form.refusals > 0 && shown) box.current?.focus();
  }, [form.refusals]);

  if (!shown) return null;
  return (
    <div
      ref={box}
      role="alert"
      tabIndex={-1}
      className="flex animate-appear gap-3 rounded-control border border-danger bg-danger-soft p-3 text-text"
    >
      <Icon of={CircleAlert} className="mt-0.5 shrink-0 text-danger" />
      <div className="min-w-0 flex-1">
        {links.length > 0 && <h2 className="font-semibold">{t('summary.title')}</h2>}
        {form.problem?.text && <p>{form.problem.text}</p>}
        {links.length > 0 && (
          <ul className="mt-1 space-y-1">
            {links.map((name) => (
              <li key={name}>
                <a
                  href={`#${form.element(name)?.id ?? name}`}
                  className="inline-block py-0.5 text-danger underline underline-offset-3"
                  onClick={(event) => {
                    event.preventDefault();
                    form.element(name)?.focus();
                  }}
                >
                  {form.errors[name]}
                </a>
              </li>
            ))}
          </ul>
        )}
        {form.problem?.canRetry && (
          <Button variant="secondary" className="mt-2" pending={form.pending} onClick={form.submitNow}>
            {t('app.retry')}
          </Button>
        )}
        {form.problem && children && <div className="mt-3">{children}</div>}
      </div>
    </div>
  );
}
