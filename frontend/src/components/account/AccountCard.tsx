import { LogOut } from 'lucide-react';
import { useState } from 'react';
import { showToast } from '../../hooks/useToasts';
import { t } from '../../i18n/account';
import { logOut } from '../../services/logOut';
import { messageOf } from '../../services/messages';
import type { SignedIn } from '../../services/session';
import { Button } from '../ui/Button';
import { Icon } from '../ui/icons';

/** Who is logged in, and "Log out". */
export function AccountCard({ user }: { user: SignedIn }) {
  const [pending, setPending] = useState(false);
  const leave = async () => {
    setPending(true);
    try {
      await logOut();
    } catch (error) {
      setPending(false);
      showToast({ text: t('account.logout.failed', { reason: messageOf(error) }) });
    }
  };
  return (
    <div className="flex flex-wrap items-center justify-between gap-4">
      <div className="min-w-0">
        <p className="font-medium break-words">{user.username}</p>
        <p className="text-muted break-all">{user.email}</p>
      </div>
      <Button variant="secondary" pending={pending} onClick={() => void leave()}>
        <Icon of={LogOut} />
        {t('account.logout')}
      </Button>
    </div>
  );
}
