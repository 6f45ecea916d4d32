import { CloudOff, DatabaseZap } from 'lucide-react';
import { useAfter } from '../../hooks/useAfter';
import { useNow } from '../../hooks/useNow';
import { useOnline } from '../../hooks/useOnline';
import { useStore } from '../../hooks/useStore';
import { t } from '../../i18n/common';
import { type Waking, waking } from '../../services/waking';
import { Icon } from './icons';

/** What everybody should know on top of any page: no connection, or a database that wakes up. Blocks nothing. */
export function StatusBanners() {
  const offline = useAfter(!useOnline(), 1_000);
  const wakes = useStore(waking);
  return (
    <div role="status" className="relative z-40">
      {offline && (
        <p className="flex items-center justify-center gap-2 bg-warn-soft px-4 py-2 text-second text-warn">
          <Icon of={CloudOff} size={16} className="shrink-0" />
          {t('banner.offline')}
        </p>
      )}
      {wakes && <WakingBanner wakes={wakes} />}
    </div>
  );
}

function WakingBanner({ wakes }: { wakes: Waking }) {
  const passed = Math.max(0, (useNow(250) - wakes.since) / 1000);
  return (
    <div className="flex flex-wrap items-center justify-center gap-x-3 gap-y-1 bg-warn-soft px-4 py-2 text-second text-warn">
      <span className="flex items-center gap-2">
        <Icon of={DatabaseZap} size={16} className="shrink-0" />
        {t('banner.waking', { n: wakes.expected })}
      </span>
      <progress
        aria-label={t('banner.waking.progress')}
        max={wakes.expected}
        value={Math.min(passed, wakes.expected)}
        className="progress h-1.5 w-40"
      />
    </div>
  );
}
