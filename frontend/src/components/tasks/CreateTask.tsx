import { clsx } from 'clsx';
import { Plus } from 'lucide-react';
import { type FormEvent, type KeyboardEvent, type RefObject, useEffect, useState } from 'react';
import { problemOfDescription } from '../../hooks/taskWords';
import { useDraft } from '../../hooks/useDraft';
import { kWide, useMediaQuery } from '../../hooks/useMediaQuery';
import { t } from '../../i18n/tasks';
import type { Day } from '../../lib/dates/day';
import type { TaskFields, TaskStatus } from '../../lib/tasks/task';
import { Button } from '../ui/Button';
import { FieldError } from '../ui/FieldError';
import { Icon } from '../ui/icons';
import { DueChoice } from './DueChoice';

export interface CreateTaskProps {
  readonly today: Day;
  /** What a new task gets in this view, so that it appears where it was written. */
  readonly defaults: { readonly due_date: Day | null; readonly status: TaskStatus };
  readonly field: RefObject<HTMLInputElement | null>;
  readonly onCreate: (fields: TaskFields) => void;
  /** Leaves the field downwards, into the list. */
  readonly onLeave: () => void;
}

/** Quick add: Enter adds, the field empties and keeps the focus; Esc clears. What is typed survives a reload. */
export function CreateTask({ today, defaults, field, onCreate, onLeave }: CreateTaskProps) {
  const wide = useMediaQuery(kWide);
  const draft = useDraft<string>('new');
  const [text, setText] = useState(draft.initial ?? '');
  const [due, setDue] = useState<Day | null | undefined>(undefined);
  const [problem, setProblem] = useState<string>();
  const hasText = text.trim() !== '';
  const due_date = due === undefined ? defaults.due_date : due;

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the page opens; a phone would show its keyboard
  useEffect(() => {
    if (wide) field.current?.focus({ preventScroll: true });
  }, []);

  const type = (value: string) => {
    setText(value);
    setProblem(problem && problemOfDescription(value, ''));
    if (value === '') draft.forget();
    else draft.keep(value);
  };
  const clear = () => {
    setText('');
    setDue(undefined);
    setProblem(undefined);
    draft.forget();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!hasText) return;
    const wrong = problemOfDescription(text, '');
    setProblem(wrong);
    if (wrong) return;
    onCreate({ description: text.trim(), due_date, status: defaults.status });
    clear();
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape' && text !== '') clear();
    else if (event.key === 'Escape' || event.key === 'ArrowDown') onLeave();
    else return;
    event.preventDefault();
  };

  return (
    <form onSubmit={submit} noValidate className="quick-add bg-bg">
      <div
        className={clsx(
          'flex min-h-12 items-center rounded-card border border-control bg-surface transition',
          'has-[input:focus]:border-accent has-[input:focus]:bg-bg has-[input:focus]:ring-1 has-[input:focus]:ring-accent',
          problem && 'border-danger',
        )}
      >
        <span className="flex size-11 shrink-0 items-center justify-center text-muted">
          <Icon of={Plus} />
        </span>
        <input
          ref={field}
          id="new-task"
          name="description"
          value={text}
          onChange={(event) => type(event.target.value)}
          onKeyDown={onKeyDown}
          aria-label={t('add.label')}
          aria-invalid={problem ? true : undefined}
          aria-describedby={problem ? 'new-task-error' : undefined}
          placeholder={t(defaults.due_date === null ? 'add.example' : 'add.example.today')}
          autoComplete="off"
          enterKeyHint="done"
          className="min-h-11 min-w-0 flex-1 bg-transparent pr-3 text-body outline-none"
        />
        {hasText && (
          <Button type="submit" className="mr-1 animate-appear px-3">
            {t('add.button')}
          </Button>
        )}
      </div>
      {problem && <FieldError id="new-task-error">{problem}</FieldError>}
      {hasText && <DueChoice label={t('add.due')} value={due_date} today={today} onChange={setDue} />}
    </form>
  );
}
