import { CloudOff } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useOnline } from '../../hooks/useOnline';
import { showToast } from '../../hooks/useToasts';
import { t } from '../../i18n/t';
import { Banner } from '../ui/Banner';

/** Says that there is no connection and how many changes wait for it; then, once, that all are saved. */
export function OfflineBanner({ waiting }: { waiting: number }) {
  const online = useOnline();
  const owed = useRef(false);
  if (!online && waiting > 0) owed.current = true;
  useEffect(() => {
    if (!online || waiting > 0 || !owed.current) return;
    owed.current = false;
    showToast({ text: t('toast.saved') });
  }, [online, waiting]);
  return (
    <div role="status">
      {!online && (
        <Banner kind="warn" icon={CloudOff}>
          {t('banner.offline')}
          {waiting > 0 && <span className="font-medium"> {t('offline.waiting', { n: waiting })}</span>}
        </Banner>
      )}
    </div>
  );
}
