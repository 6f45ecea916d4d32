import { CircleHelp, Keyboard, LogOut, Settings } from 'lucide-react';
import { useNavigate } from 'react-router';
import { paths } from '../../app/paths';
import { useSession } from '../../hooks/useSession';
import { showToast } from '../../hooks/useToasts';
import { t } from '../../i18n/tasks';
import { logOut } from '../../services/logOut';
import { outbox } from '../../services/taskData';
import { Menu, type MenuItem } from '../ui/Menu';

/** Who is signed in, and what belongs to the account. `withName` shows the name beside the initial. */
export function AccountMenu({ withName, onShortcuts }: { withName?: boolean; onShortcuts: () => void }) {
  const user = useSession();
  const navigate = useNavigate();
  if (!user) return null;
  const leave = async (anyway = false) => {
    if (!anyway && outbox.queue.get().length > 0) {
      const action = { label: t('account.logOut.anyway'), run: () => void leave(true) };
      showToast({ text: t('account.logOut.waiting'), action });
      return;
    }
    try {
      await logOut();
    } catch {
      showToast({ text: t('account.logOut.failed') });
    }
  };
  const items = (): MenuItem[] => [
    { label: t('account.settings'), icon: Settings, run: () => void navigate(paths.settings) },
    { label: t('keys.title'), icon: Keyboard, keys: '?', run: onShortcuts },
    { label: t('app.help'), icon: CircleHelp, run: () => void navigate(paths.help) },
    { label: t('account.logOut'), icon: LogOut, run: () => void leave() },
  ];
  return (
    <Menu
      label={t('account.menu', { name: user.username })}
      items={items}
      className="flex min-h-11 min-w-11 items-center justify-center gap-3 rounded-control px-1 text-left hover:bg-line lg:w-full lg:justify-start lg:px-2"
    >
      <span
        data-initial={user.username.slice(0, 1).toUpperCase()}
        className="flex size-8 shrink-0 items-center justify-center rounded-full bg-accent font-semibold text-on-accent text-second before:content-[attr(data-initial)]"
      />
      {withName && <span className="min-w-0 truncate">{user.username}</span>}
    </Menu>
  );
}
