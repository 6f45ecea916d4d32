import { useState } from 'react';
import { paths } from '../../app/paths';
import { explainCode, useCodeEntry } from '../../hooks/useCodeEntry';
import { useForm } from '../../hooks/useForm';
import { t } from '../../i18n/auth';
import { resetPassword } from '../../services/auth';
import type { PendingCode } from '../../services/codeFlow';
import { fieldWords } from '../../services/fieldWords';
import { checkCode, checkNewPassword, digitsOf } from '../../services/validation';
import { Button } from '../ui/Button';
import { ErrorSummary } from '../ui/ErrorSummary';
import { AuthLayout } from './AuthLayout';
import { codeProblemAction } from './CodeProblem';
import { CodeLife, CodeSent } from './CodeSent';
import { LeaveCode } from './LeaveCode';
import { MailHint } from './MailHint';
import { OtpInput } from './OtpInput';
import { PasswordField } from './PasswordField';
import { PasswordRules } from './PasswordRules';
import { ResendButton } from './ResendButton';

const names = ['otp', 'new_password'] as const;

/** Sets a new password by a code, then asks to log in with it. */
export function ResetPassword({ code }: { code: PendingCode }) {
  const [done, setDone] = useState(false);
  const form = useForm<(typeof names)[number]>({
    fields: { otp: checkCode, new_password: checkNewPassword },
    words: fieldWords,
    submit: async ({ otp, new_password }) => {
      await resetPassword({ flow: code.flow, otp: digitsOf(otp), new_password });
      setDone(true);
    },
    explain: explainCode,
  });
  const entry = useCodeEntry(code, { show: form.refuse, clear: form.clear });
  const expired = entry.minutesLeft === 0;
  const action = codeProblemAction(form.problem?.code, {
    login: paths.login,
    begin: paths.forgotPassword,
    resendAt: code.resendAt,
    onSend: entry.resend,
  });

  if (done) return <LeaveCode to={paths.login} state={{ username: code.email, passwordWasReset: true }} />;
  return (
    <AuthLayout
      title={t('reset.title')}
      hasErrors={form.hasErrors}
      intro={<CodeSent code={code} back={paths.forgotPassword} />}
      links={<p className="text-second text-muted">{t('code.nothing')}</p>}
    >
      <form {...form.formProps} className="space-y-5">
        <MailHint />
        <ErrorSummary form={form} names={names}>
          {action}
        </ErrorSummary>
        {/* Tells password managers whose password this is. */}
        <input type="text" name="username" autoComplete="username" value={code.email} readOnly hidden />
        <div className="space-y-2">
          <OtpInput value={entry.digits} onChange={entry.change} error={form.errors.otp} inputRef={entry.input} />
          {!action && <CodeLife minutes={entry.minutesLeft} />}
          <p role="status" className="text-second text-accent">
            {entry.notice}
          </p>
        </div>
        <PasswordField
          name="new_password"
          label={t('password.new')}
          autoComplete="new-password"
          error={form.errors.new_password}
          rules={(id, value) => <PasswordRules id={id} value={value} names={[code.email]} />}
        />
        <div className="space-y-3">
          <Button type="submit" full pending={form.pending} variant={expired ? 'secondary' : 'primary'}>
            {t('reset.submit')}
          </Button>
          <p className="text-center text-second text-muted">{t('reset.note')}</p>
          {!action && (
            <ResendButton resendAt={code.resendAt} onSend={entry.resend} variant={expired ? 'primary' : 'secondary'} />
          )}
        </div>
      </form>
    </AuthLayout>
  );
}
