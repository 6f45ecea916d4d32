import { CloudUpload } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useOnline } from '../../hooks/useOnline';
import { showToast } from '../../hooks/useToasts';
import { t } from '../../i18n/tasks';
import { Icon } from '../ui/icons';

/** How many changes wait for a connection; then, once, that all are saved. */
export function WaitingChanges({ waiting }: { waiting: number }) {
  const online = useOnline();
  const owed = useRef(false);
  const shown = !online && waiting > 0;
  if (shown) owed.current = true;
  useEffect(() => {
    if (!online || waiting > 0 || !owed.current) return;
    owed.current = false;
    showToast({ text: t('toast.saved') });
  }, [online, waiting]);
  return (
    <p role="status" className="text-second text-warn">
      {shown && (
        <span className="flex items-center gap-1.5 pb-3">
          <Icon of={CloudUpload} size={16} />
          {t('offline.waiting', { n: waiting })}
        </span>
      )}
    </p>
  );
}
