import { clsx } from 'clsx';
import { CalendarPlus } from 'lucide-react';
import { useRef } from 'react';
import { t } from '../../i18n/tasks';
import { addDays, type Day, isDay, nextMonday } from '../../lib/dates/day';
import { Icon } from '../ui/icons';
import { dayInWords } from './DueBadge';

/** The usual dates as chips, any other by the browser's own calendar. Pressing the chosen one takes it back. */
export function DueChoice({
  label,
  value,
  today,
  withPicker = true,
  onChange,
}: {
  label: string;
  value: Day | null;
  today: Day;
  /** False where a date field stands beside it. */
  withPicker?: boolean;
  onChange: (day: Day | null) => void;
}) {
  const picker = useRef<HTMLInputElement>(null);
  const usual: [Day, string][] = [
    [today, t('due.today')],
    [addDays(today, 1), t('due.tomorrow')],
    [nextMonday(addDays(today, 1)), t('due.nextWeek')],
  ];
  const isUnusual = value !== null && !usual.some(([day]) => day === value);
  return (
    <fieldset className="flex animate-appear flex-wrap gap-2 pt-2">
      <legend className="sr-only">{label}</legend>
      {usual.map(([day, text]) => (
        <Chip key={text} pressed={value === day} onClick={() => onChange(value === day ? null : day)}>
          {text}
        </Chip>
      ))}
      {withPicker && (
        <span className="relative">
          <Chip pressed={isUnusual} onClick={() => (isUnusual ? onChange(null) : picker.current?.showPicker())}>
            <Icon of={CalendarPlus} size={16} />
            {isUnusual ? dayInWords(value, today) : <span className="max-sm:sr-only">{t('due.pick')}</span>}
          </Chip>
          <input
            ref={picker}
            type="date"
            tabIndex={-1}
            aria-hidden="true"
            value={value ?? ''}
            min="0001-01-01"
            max="9999-12-31"
            onChange={(event) => onChange(isDay(event.target.value) ? event.target.value : null)}
            className="pointer-events-none absolute inset-0 opacity-0"
          />
        </span>
      )}
    </fieldset>
  );
}

function Chip({ pressed, onClick, children }: { pressed: boolean; onClick: () => void; children: React.ReactNode }) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={onClick}
      className={clsx(
        'inline-flex min-h-11 items-center gap-1.5 rounded-full border px-3.5 text-second transition lg:min-h-9',
        pressed ? 'border-accent bg-accent-soft font-medium text-accent' : 'border-line text-text hover:border-control',
      )}
    >
      {children}
    </button>
  );
}
