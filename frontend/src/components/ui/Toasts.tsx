import { X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { dismissToast, type Toast, useToasts } from '../../hooks/useToasts';
import { t } from '../../i18n/common';
import { IconButton } from './IconButton';

/** Where toasts appear. The live region is always there: one that comes with its text is often not read. */
export function Toasts() {
  const toasts = useToasts();
  return (
    <section
      aria-label={t('app.messages')}
      className="pointer-events-none fixed right-0 bottom-(--tms-bottom) left-(--tms-left) z-50 flex flex-col items-center gap-2 p-4 pb-[max(1rem,env(safe-area-inset-bottom))]"
    >
      <div role="status" aria-live="polite" className="sr-only">
        {toasts.map((toast) => (
          <p key={toast.id}>{toast.text}</p>
        ))}
      </div>
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </section>
  );
}

function ToastCard({ toast }: { toast: Toast }) {
  const [held, setHeld] = useState(false);
  useCountdown(toast.duration, held, () => dismissToast(toast.id));
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hovering only stops the clock; every action is a button
    <div
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className="pointer-events-auto flex w-full max-w-md animate-rise max-sm:not-last:hidden items-center gap-2 rounded-control border border-line bg-raised py-1 pr-1 pl-4 shadow-raised"
    >
      <p className="min-w-0 flex-1 py-2 text-second" aria-hidden="true">
        {toast.text}
      </p>
      {toast.action && (
        <button
          type="button"
          className="min-h-11 rounded-control px-3 font-semibold text-accent hover:bg-accent-soft"
          onClick={() => {
            dismissToast(toast.id);
            toast.action?.run();
          }}
        >
          {toast.action.label}
          <span className="sr-only">: {toast.text}</span>
        </button>
      )}
      <IconButton icon={X} label={t('app.dismiss')} onClick={() => dismissToast(toast.id)} />
    </div>
  );
}

/** Runs `done` after `duration` ms in which it was not held and the page was shown. */
function useCountdown(duration: number, held: boolean, done: () => void): void {
  const left = useRef(duration);
  const finish = useRef(done);
  finish.current = done;
  useEffect(() => {
    if (held) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let started = 0;
    const stop = () => {
      if (timer === undefined) return;
      clearTimeout(timer);
      timer = undefined;
      left.current -= performance.now() - started;
    };
    const start = () => {
      stop();
      if (document.visibilityState === 'hidden') return;
      started = performance.now();
      timer = setTimeout(() => finish.current(), Math.max(0, left.current));
    };
    start();
    document.addEventListener('visibilitychange', start);
    return () => {
      stop();
      document.removeEventListener('visibilitychange', start);
    };
  }, [held]);
}
