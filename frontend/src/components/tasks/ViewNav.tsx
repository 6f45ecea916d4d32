import { clsx } from 'clsx';
import { CalendarDays, CircleCheck, CircleDotDashed, Inbox, ListTodo, type LucideIcon, Sun } from 'lucide-react';
import { Link, useSearchParams } from 'react-router';
import { stopLingering } from '../../hooks/useLinger';
import { t } from '../../i18n/tasks';
import { kNoFilters, kViews, readFilters, type View, writeFilters } from '../../lib/tasks/filters';
import type { Counts } from '../../lib/tasks/select';
import { Icon } from '../ui/icons';
import { VisuallyHidden } from '../ui/VisuallyHidden';

const icons: Record<View, LucideIcon> = {
  inbox: Inbox,
  today: Sun,
  upcoming: CalendarDays,
  in_progress: CircleDotDashed,
  completed: CircleCheck,
  all: ListTodo,
};

/** As many as have room side by side on a small phone; "All tasks" is a filter away. */
const kThumbViews: readonly View[] = kViews.filter((view) => view !== 'all');

/** The views as a column with counters, for wide screens. */
export function SideNav({ counts }: { counts: Counts }) {
  return (
    <nav aria-label={t('view.nav')}>
      <ul className="space-y-0.5">
        {kViews.map((view) => (
          <li key={view}>
            <ViewLink
              view={view}
              className="min-h-11 gap-3 rounded-control px-3 hover:bg-line"
              current="bg-line font-medium"
            >
              <span className="flex-1">{t(`view.${view}`)}</span>
              <Count n={counts[view]} />
            </ViewLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** The views as a bar at the bottom, within reach of a thumb. */
export function BottomNav() {
  return (
    <nav aria-label={t('view.nav')} className="bottom-nav border-line border-t bg-bg lg:hidden">
      <ul className="flex">
        {kThumbViews.map((view) => (
          <li key={view} className="min-w-0 flex-1">
            <ViewLink
              view={view}
              className="min-h-14 flex-col justify-center gap-0.5 text-caption"
              current="text-accent font-medium"
            >
              <span className="max-w-full truncate max-[22.5rem]:tracking-tighter">{t(`view.${view}`)}</span>
            </ViewLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function ViewLink({
  view,
  className,
  current,
  children,
}: {
  view: View;
  className: string;
  current: string;
  children: React.ReactNode;
}) {
  const [params] = useSearchParams();
  const isCurrent = readFilters(params).view === view;
  const to = writeFilters(new URLSearchParams(), { ...kNoFilters, view });
  return (
    <Link
      to={{ search: to.toString() }}
      onClick={stopLingering}
      aria-current={isCurrent ? 'page' : undefined}
      className={clsx('flex items-center transition-colors', className, isCurrent && current)}
    >
      <Icon of={icons[view]} className={isCurrent ? 'text-accent' : 'text-muted'} />
      {children}
    </Link>
  );
}

function Count({ n }: { n: number }) {
  if (n === 0) return null;
  return (
    <span className="digits text-muted text-second">
      <span aria-hidden="true">{n}</span>
      <VisuallyHidden>{t('view.count', { n })}</VisuallyHidden>
    </span>
  );
}
