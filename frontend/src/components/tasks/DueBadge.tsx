import { clsx } from 'clsx';
import { CalendarClock, CalendarDays, CircleAlert } from 'lucide-react';
import { t } from '../../i18n/tasks';
import type { Day } from '../../lib/dates/day';
import { type DueState, dueState } from '../../lib/dates/due';
import { fullDay, spokenDay } from '../../lib/dates/format';
import { Icon } from '../ui/icons';
import { VisuallyHidden } from '../ui/VisuallyHidden';

const looks: Record<DueState, { icon: typeof CircleAlert; text: string }> = {
  overdue: { icon: CircleAlert, text: 'text-danger' },
  today: { icon: CalendarClock, text: 'text-warn' },
  soon: { icon: CalendarDays, text: 'text-muted' },
  later: { icon: CalendarDays, text: 'text-muted' },
};

/** When a task is due: icon, word and colour; the whole date in the title and for screen readers. */
export function DueBadge({ day, today, completed }: { day: Day; today: Day; completed: boolean }) {
  const state = dueState(day, today, completed);
  const { icon, text } = looks[state];
  return (
    <time
      dateTime={day}
      title={fullDay(day)}
      className={clsx('inline-flex items-center gap-1 whitespace-nowrap', text)}
    >
      <Icon of={icon} size={16} />
      <VisuallyHidden>
        {state === 'overdue' && `${t('due.overdue')}, `}
        {t('due.full', { day: fullDay(day) })}
      </VisuallyHidden>
      <span aria-hidden="true" className="digits">
        {state === 'overdue' && `${t('due.overdue')} · `}
        {dayInWords(day, today)}
      </span>
    </time>
  );
}

/** Today, Tomorrow, Fri, 12 Mar, 12 Mar 2027. */
export function dayInWords(day: Day, today: Day): string {
  const spoken = spokenDay(day, today);
  return 'text' in spoken ? spoken.text : t(`due.${spoken.kind}`);
}
