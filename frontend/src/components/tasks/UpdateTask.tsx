import { clsx } from 'clsx';
import { Trash2, X } from 'lucide-react';
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { problemOfDescription } from '../../hooks/taskWords';
import { useDraft } from '../../hooks/useDraft';
import { t } from '../../i18n/tasks';
import type { Day } from '../../lib/dates/day';
import { sameFields, type Task, type TaskFields, type TaskPatch } from '../../lib/tasks/task';
import { Button } from '../ui/Button';
import { Field, inputClass } from '../ui/Field';
import { IconButton } from '../ui/IconButton';
import { Icon } from '../ui/icons';
import { DueChoice } from './DueChoice';
import { StatusChoice } from './StatusChoice';
import { TaskDates } from './TaskDates';

export interface UpdateTaskProps {
  readonly task: Task;
  readonly today: Day;
  /** The field that the person came for. */
  readonly focus: 'description' | 'due';
  /** `seen` is the task as it was when the person began to change it: what differs by then is a conflict. */
  readonly onSave: (seen: Task, patch: TaskPatch) => void;
  readonly onDelete: () => void;
  readonly onClose: () => void;
}

/** What was changed, and what stood there before. Only that is sent: other fields may change meanwhile. */
interface Edits {
  readonly patch: TaskPatch;
  readonly base: TaskPatch;
}

const kNoEdits: Edits = { patch: {}, base: {} };

/** The editor: text, due date and status of one task. What is typed survives a reload until it is saved or dropped. */
export function UpdateTask({ task, today, focus, onSave, onDelete, onClose }: UpdateTaskProps) {
  const draft = useDraft<Edits>(`task.${task.task_id}`);
  const [edits, setEdits] = useState<Edits>(draft.initial ?? kNoEdits);
  const [restored, setRestored] = useState(draft.initial !== null);
  const [problem, setProblem] = useState<string>();
  const form = useRef<HTMLFormElement>(null);
  const fields: TaskFields = {
    description: task.description,
    due_date: task.due_date,
    status: task.status,
    ...edits.patch,
  };

  useEffect(() => {
    const name = focus === 'due' ? 'edit-due' : 'edit-description';
    const field = form.current?.elements.namedItem(name);
    if (field instanceof HTMLElement) field.focus({ preventScroll: true });
    if (field instanceof HTMLTextAreaElement) field.setSelectionRange(field.value.length, field.value.length);
  }, [focus]);

  const change = (patch: TaskPatch) => {
    const next = { patch: { ...edits.patch, ...patch }, base: { ...sameFields(task, patch), ...edits.base } };
    setEdits(next);
    setRestored(false);
    if (problem && patch.description !== undefined)
      setProblem(problemOfDescription(patch.description, t('edit.empty')));
    draft.keep(next);
  };
  const drop = () => {
    draft.forget();
    setEdits(kNoEdits);
    setRestored(false);
    setProblem(undefined);
  };
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    const wrong = problemOfDescription(fields.description, t('edit.empty'));
    setProblem(wrong);
    if (wrong) return (form.current?.elements.namedItem('edit-description') as HTMLElement | null)?.focus();
    draft.forget();
    const { description } = edits.patch;
    const patch = description === undefined ? edits.patch : { ...edits.patch, description: description.trim() };
    onSave({ ...task, ...edits.base }, patch);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      submit();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      onClose();
    }
  };

  return (
    <form ref={form} onSubmit={submit} onKeyDown={onKeyDown} noValidate className="flex min-h-full flex-col">
      <div className="flex items-center justify-between gap-2 border-line border-b py-2 pr-2 pl-5">
        <h2 id="edit-title" className="font-semibold text-section">
          {t('edit.title')}
        </h2>
        <IconButton icon={X} label={t('edit.close')} onClick={onClose} />
      </div>
      <div className="flex-1 space-y-6 px-5 py-5">
        {restored && (
          <p className="flex flex-wrap items-center gap-x-2 text-second text-warn" role="status">
            {t('edit.restored')}
            <button
              type="button"
              onClick={drop}
              className="-my-3 min-h-11 font-medium text-text underline underline-offset-3"
            >
              {t('edit.restored.drop')}
            </button>
          </p>
        )}
        <Field name="edit-description" label={t('edit.description')} error={problem}>
          {(input) => (
            <textarea
              {...input}
              rows={3}
              value={fields.description}
              onChange={(event) => change({ description: event.target.value })}
              className={clsx(inputClass, 'grow-with-text max-h-80 min-h-24 resize-none')}
            />
          )}
        </Field>
        <div>
          <Field name="edit-due" label={t('edit.due')}>
            {(input) => (
              <input
                {...input}
                type="date"
                min="0001-01-01"
                max="9999-12-31"
                value={fields.due_date ?? ''}
                onChange={(event) => change({ due_date: event.target.value || null })}
                className={inputClass}
              />
            )}
          </Field>
          <DueChoice
            label={t('add.due')}
            value={fields.due_date}
            today={today}
            withPicker={false}
            onChange={(due_date) => change({ due_date })}
          />
        </div>
        <StatusChoice value={fields.status} onChange={(status) => change({ status })} />
        <TaskDates task={task} />
      </div>
      <div className="sticky bottom-0 flex gap-2 border-line border-t bg-bg px-5 py-3 pb-[max(0.75rem,env(safe-area-inset-bottom))]">
        <Button type="submit" className="flex-1">
          {t('edit.save')}
        </Button>
        <Button variant="quiet" onClick={onDelete}>
          <span className="inline-flex items-center gap-2 text-danger">
            <Icon of={Trash2} />
            {t('edit.delete')}
          </span>
        </Button>
      </div>
    </form>
  );
}
