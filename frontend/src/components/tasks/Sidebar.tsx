import { t } from '../../i18n/tasks';
import type { Counts } from '../../lib/tasks/select';
import { Mark } from '../ui/icons';
import { AccountMenu } from './AccountMenu';
import { SideNav } from './ViewNav';

/** The left side of a wide screen: what it is, the views, who is signed in. */
export function Sidebar({ counts, onShortcuts }: { counts: Counts; onShortcuts: () => void }) {
  return (
    <header className="sticky top-0 flex max-h-dvh w-60 shrink-0 flex-col bg-surface p-3">
      <p className="flex items-center gap-3 px-2 pt-2 pb-5 font-semibold">
        <Mark size={28} />
        {t('app.short')}
      </p>
      <SideNav counts={counts} />
      <div className="mt-auto">
        <AccountMenu withName onShortcuts={onShortcuts} />
      </div>
    </header>
  );
}
