import { t } from '../../i18n/auth';
import { QuietLink } from '../ui/QuietLink';
import { ResendButton } from './ResendButton';

/** The way out of a code that no longer works; undefined for other problems. */
export function codeProblemAction(
  code: string | undefined,
  { login, begin, resendAt, onSend }: { login: string; begin: string; resendAt: number; onSend: () => Promise<void> },
) {
  switch (code) {
    case 'code_expired':
      return (
        <>
          <ResendButton resendAt={resendAt} onSend={onSend} />
          <p className="mt-1">
            <QuietLink to={login}>{t('code.expired.login')}</QuietLink>
          </p>
        </>
      );
    case 'code_locked':
      return <ResendButton resendAt={resendAt} onSend={onSend} />;
    case 'flow_ended':
      return <QuietLink to={begin}>{t('code.begin')}</QuietLink>;
    case 'email_taken':
      return <QuietLink to={login}>{t('login.title')}</QuietLink>;
    default:
      return undefined;
  }
}
