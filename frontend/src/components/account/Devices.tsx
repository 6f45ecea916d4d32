import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useAfter } from '../../hooks/useAfter';
import { showToast } from '../../hooks/useToasts';
import { t } from '../../i18n/account';
import { type Device, endAllDevices, endDevice, listDevices } from '../../services/account';
import { messageOf } from '../../services/messages';
import { Banner } from '../ui/Banner';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { Spinner } from '../ui/icons';
import { DeviceRow, deviceName } from './DeviceRow';

const queryKey = ['devices'] as const;

/** Where the user is logged in, and the way to end it: one device, or all. */
export function Devices() {
  const queries = useQueryClient();
  const list = useRef<HTMLUListElement>(null);
  const devices = useQuery({ queryKey, queryFn: ({ signal }) => listDevices(signal), gcTime: 0 });
  const slow = useAfter(devices.isPending, 300);
  const end = useMutation({
    mutationFn: (device: Device) => endDevice(device.session_id),
    onSuccess: (_, device) => {
      queries.setQueryData<readonly Device[]>(queryKey, (all) => all?.filter((each) => each !== device));
      showToast({ text: t('devices.ended', { device: deviceName(device) }) });
      // The button that had the focus is gone.
      list.current?.focus();
    },
    onError: (error) => showToast({ text: messageOf(error) }),
    onSettled: () => queries.invalidateQueries({ queryKey }),
  });

  if (devices.isError) {
    return (
      <Banner kind="danger" live>
        <p>{t('devices.failed')}</p>
        <Button variant="secondary" className="mt-2" onClick={() => void devices.refetch()}>
          {t('app.retry')}
        </Button>
      </Banner>
    );
  }
  return (
    <>
      <p className="text-muted">{t('devices.text')}</p>
      <ul
        ref={list}
        tabIndex={-1}
        aria-label={t('devices.title')}
        aria-busy={devices.isPending}
        className="mt-2 min-h-18"
      >
        {slow && (
          <li className="py-4 text-muted">
            <Spinner />
          </li>
        )}
        {devices.data?.map((device) => (
          <DeviceRow
            key={device.session_id}
            device={device}
            pending={end.isPending && end.variables === device}
            onEnd={() => end.mutate(device)}
          />
        ))}
      </ul>
      <EndAll />
    </>
  );
}

/** Logging out everywhere cannot be undone, so it is asked. */
function EndAll() {
  const [asking, setAsking] = useState(false);
  const end = useMutation({
    mutationFn: endAllDevices,
    onError: (error) => {
      setAsking(false);
      showToast({ text: messageOf(error) });
    },
  });
  return (
    <div className="mt-3">
      <Button variant="danger" onClick={() => setAsking(true)}>
        {t('devices.endAll')}
      </Button>
      <Dialog open={asking} title={t('devices.endAll.title')} onClose={() => setAsking(false)}>
        <p className="mt-2">{t('devices.endAll.text')}</p>
        <div className="mt-6 flex flex-wrap justify-end gap-3">
          <Button variant="quiet" onClick={() => setAsking(false)}>
            {t('app.cancel')}
          </Button>
          <Button variant="danger" pending={end.isPending} onClick={() => end.mutate()}>
            {t('devices.endAll')}
          </Button>
        </div>
      </Dialog>
    </div>
  );
}
