import { useEffect, useRef, useState } from 'react';
import { useNow } from '../../hooks/useNow';
import { t } from '../../i18n/auth';
import { waitText } from '../../services/messages';
import { Button } from '../ui/Button';

export interface ResendButtonProps {
  /** ms since 1970; before it the button waits. */
  readonly resendAt: number;
  readonly onSend: () => Promise<void>;
  readonly variant?: 'secondary' | 'primary';
}

/** "Send a new code", or how long to wait. Stays focusable while it waits; the wait is spoken at its start and end only. */
export function ResendButton({ resendAt, onSend, variant = 'secondary' }: ResendButtonProps) {
  const [pending, setPending] = useState(false);
  const time = useNow(1000);
  const seconds = Math.max(0, Math.ceil((resendAt - time) / 1000));
  const spoken = useSpokenWait(resendAt, seconds);

  const send = async () => {
    setPending(true);
    try {
      await onSend();
    } finally {
      setPending(false);
    }
  };

  return (
    <>
      <Button
        variant={variant}
        full
        pending={pending}
        aria-disabled={seconds > 0}
        className="digits aria-disabled:text-muted"
        onClick={() => {
          if (seconds === 0) void send();
        }}
      >
        {seconds > 0 ? t('resend.wait', { n: seconds }) : t('resend.send')}
      </Button>
      <span role="status" className="sr-only">
        {spoken}
      </span>
    </>
  );
}

/** The wait when it begins, "now" when it ends, nothing in between. */
function useSpokenWait(resendAt: number, seconds: number): string {
  const began = useRef(0);
  const [text, setText] = useState('');
  const waiting = seconds > 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `seconds` counts down; only its start is spoken
  useEffect(() => {
    if (waiting) {
      began.current = resendAt;
      setText(t('resend.waitSpoken', { wait: waitText(seconds) }));
    } else if (began.current !== 0) {
      setText(t('resend.ready'));
    }
  }, [resendAt, waiting]);
  return text;
}
