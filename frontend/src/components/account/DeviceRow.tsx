import { Laptop, Smartphone } from 'lucide-react';
import { t } from '../../i18n/account';
import { instant } from '../../lib/dates/clock';
import { ago, dayAndTime, dayText } from '../../lib/dates/instants';
import { readUserAgent } from '../../lib/userAgent';
import type { Device } from '../../services/account';
import { Button } from '../ui/Button';
import { Icon } from '../ui/icons';

/** "Firefox on Windows"; half of it when the other half is unknown. */
export function deviceName({ user_agent }: Pick<Device, 'user_agent'>): string {
  const { browser, system } = readUserAgent(user_agent);
  return browser && system ? t('devices.name', { browser, system }) : (browser ?? system ?? t('devices.unknown'));
}

/** One signed-in device, with "Log out" unless it is this one. */
export function DeviceRow({ device, pending, onEnd }: { device: Device; pending: boolean; onEnd: () => void }) {
  const name = deviceName(device);
  const seen = instant(device.last_seen);
  const mobile = /Mobile|Android|iPhone|iPad/.test(device.user_agent);
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line py-3 last:border-b-0">
      <Icon of={mobile ? Smartphone : Laptop} className="shrink-0 text-muted" />
      <div className="min-w-0 flex-[1_1_11rem]">
        <p className="flex flex-wrap items-center gap-x-2">
          {name}
          {device.current && (
            <span className="rounded-full bg-accent-soft px-2 py-0.5 text-caption font-medium text-accent">
              {t('devices.current')}
            </span>
          )}
        </p>
        <p className="text-second text-muted">
          <time dateTime={device.last_seen} title={dayAndTime(seen)}>
            {t('devices.seen', { when: ago(seen) })}
          </time>
          {' · '}
          {t('devices.since', { when: dayText(instant(device.created_at)) })}
          {device.address && ` · ${device.address}`}
        </p>
      </div>
      {!device.current && (
        <Button
          variant="secondary"
          pending={pending}
          aria-label={t('devices.end.name', { device: name, when: ago(seen) })}
          onClick={onEnd}
        >
          {t('devices.end')}
        </Button>
      )}
    </li>
  );
}
