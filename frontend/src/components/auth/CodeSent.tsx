import { Link } from 'react-router';
import { t } from '../../i18n/auth';
import { maskEmail, type PendingCode } from '../../services/codeFlow';

/** Where the code went, how long it works, and the way back when the address was wrong. */
export function CodeSent({ code, back }: { code: PendingCode; back: string }) {
  const address = maskEmail(code.email);
  return (
    <>
      <p>{code.purpose === 'signup' ? t('verify.sent', { address }) : t('reset.sent', { address })}</p>
      <p>
        {t('code.wrongAddress')}{' '}
        <Link to={back} state={{ email: code.email, username: code.username }} className="link inline-block py-1">
          {t('code.change')}
        </Link>
      </p>
    </>
  );
}

/** How long the code works. The end is spoken, the minutes before are not. */
export function CodeLife({ minutes }: { minutes: number }) {
  return (
    <>
      {minutes > 0 && <p className="text-second text-muted">{t('code.life', { n: minutes })}</p>}
      <p role="status" className="text-second text-warn">
        {minutes === 0 && t('code.expiredNow')}
      </p>
    </>
  );
}
