import { CalendarClock, CircleDashed, CircleDotDashed, Ellipsis, Pencil, Sunrise, Trash2 } from 'lucide-react';
import { t } from '../../i18n/tasks';
import { addDays, type Day } from '../../lib/dates/day';
import type { Task } from '../../lib/tasks/task';
import { Icon } from '../ui/icons';
import { Menu, type MenuItem } from '../ui/Menu';
import type { RowActions } from './TaskRow';

/** What can be done to a task, for fingers: always there, as nothing can hover. */
export function RowMenu({ task, today, name, actions }: { task: Task; today: Day; name: string; actions: RowActions }) {
  return (
    <Menu
      label={t('row.more', { task: name })}
      items={() => itemsOf(task, today, actions)}
      className="mt-0.5 inline-flex size-11 shrink-0 items-center justify-center rounded-control text-muted"
    >
      <Icon of={Ellipsis} />
    </Menu>
  );
}

function itemsOf(task: Task, today: Day, actions: RowActions): MenuItem[] {
  const tomorrow = addDays(today, 1);
  const started = task.status === 'in_progress';
  const due = (label: string, icon: MenuItem['icon'], due_date: Day): MenuItem[] =>
    task.due_date === due_date ? [] : [{ label, icon, run: () => actions.change(task, { due_date }) }];
  return [
    { label: t('row.menu.edit'), icon: Pencil, run: () => actions.open(task.task_id) },
    {
      label: t(started ? 'row.menu.pause' : 'row.menu.start'),
      icon: started ? CircleDashed : CircleDotDashed,
      run: () => actions.change(task, { status: started ? 'pending' : 'in_progress' }),
    },
    ...due(t('row.menu.today'), CalendarClock, today),
    ...due(t('row.menu.tomorrow'), Sunrise, tomorrow),
    { label: t('row.menu.delete'), icon: Trash2, danger: true, run: () => actions.remove(task) },
  ];
}
