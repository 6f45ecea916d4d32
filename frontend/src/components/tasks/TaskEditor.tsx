import { useEffect, useRef } from 'react';
import { kWide, useMediaQuery } from '../../hooks/useMediaQuery';
import { t } from '../../i18n/tasks';
import { UpdateTask, type UpdateTaskProps } from './UpdateTask';

/** The editor in its place: beside the list when there is room, else a sheet over the whole screen. */
export function TaskEditor(props: UpdateTaskProps) {
  const wide = useMediaQuery(kWide);
  const sheet = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (!wide && !sheet.current?.open) sheet.current?.showModal();
  }, [wide]);
  // Another task is another form.
  const form = <UpdateTask key={props.task.task_id} {...props} />;
  if (wide)
    return (
      <aside
        aria-labelledby="edit-title"
        className="sticky top-0 max-h-dvh w-96 shrink-0 animate-appear overflow-y-auto border-line border-l"
      >
        {form}
      </aside>
    );
  return (
    <dialog
      ref={sheet}
      aria-label={t('edit.title')}
      onCancel={(event) => {
        event.preventDefault();
        props.onClose();
      }}
      className="m-0 h-dvh max-h-none w-full max-w-none animate-rise bg-bg p-0 text-text"
    >
      {form}
    </dialog>
  );
}
