import { useEffect, useRef, useState } from 'react';
import { t } from '../i18n/auth';
import { now } from '../lib/dates/clock';
import { isAppError } from '../services/appError';
import { resendOtp } from '../services/auth';
import { type PendingCode, postponeResend } from '../services/codeFlow';
import { type FormProblem, problemOfForm } from '../services/formErrors';

const kMinute = 60_000;

/** Words for the errors of calls that take a code; undefined for all others. */
export function explainCode(error: unknown): FormProblem<'otp'> | undefined {
  if (!isAppError(error)) return undefined;
  switch (error.code) {
    case 'code_wrong': {
      const n = error.problem.attempts_left ?? 0;
      return { fields: { otp: n > 0 ? t('code.wrong', { n }) : t('code.lastWrong') } };
    }
    case 'code_expired':
      return { text: t('code.expired'), code: error.code };
    case 'code_locked':
      return { text: t('code.locked'), code: error.code };
    default:
      return undefined;
  }
}

/** The digits of a code form and its "Send a new code". `show` puts a problem into the form, `clear` empties it. */
export function useCodeEntry(
  code: PendingCode,
  form: { readonly show: (problem: FormProblem<'otp'>) => void; readonly clear: () => void },
) {
  const [digits, setDigits] = useState('');
  const [notice, setNotice] = useState('');
  const input = useRef<HTMLInputElement>(null);

  const resend = async () => {
    setNotice('');
    try {
      await resendOtp(code);
      setDigits('');
      form.clear();
      setNotice(t('resend.done'));
      input.current?.focus();
    } catch (error) {
      if (isAppError(error) && error.status === 429) postponeResend(error.retryAfter ?? 60);
      const ended = isAppError(error) && error.status === 410;
      form.show(ended ? { text: t('code.ended'), code: 'flow_ended' } : problemOfForm(error, ['otp']));
    }
  };

  const change = (next: string) => {
    setDigits(next);
    setNotice('');
  };
  return { digits, change, notice, input, resend, minutesLeft: useMinutesLeft(code.expiresAt) };
}

/** Whole minutes until `end`, rounded up; 0 when it has passed. Renders again once a minute and at the end. */
function useMinutesLeft(end: number): number {
  const [minutes, setMinutes] = useState(() => minutesUntil(end));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tick = () => {
      clearTimeout(timer);
      const left = end - now();
      setMinutes(minutesUntil(end));
      if (left > 0) timer = setTimeout(tick, (left % kMinute) + 50);
    };
    tick();
    // The timers of a sleeping tab stand still.
    document.addEventListener('visibilitychange', tick);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', tick);
    };
  }, [end]);
  return minutes;
}

function minutesUntil(end: number): number {
  return Math.max(0, Math.ceil((end - now()) / kMinute));
}
