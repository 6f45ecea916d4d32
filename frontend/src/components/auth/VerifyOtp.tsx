import { useRef, useState } from 'react';
import { loginPath, paths } from '../../app/paths';
import { explainCode, useCodeEntry } from '../../hooks/useCodeEntry';
import { useForm } from '../../hooks/useForm';
import { t } from '../../i18n/auth';
import { isAppError } from '../../services/appError';
import { verifyOtp } from '../../services/auth';
import type { PendingCode } from '../../services/codeFlow';
import { fieldWords } from '../../services/fieldWords';
import { checkCode, checkUsername, digitsOf } from '../../services/validation';
import { Button } from '../ui/Button';
import { ErrorSummary } from '../ui/ErrorSummary';
import { TextField } from '../ui/Field';
import { AuthLayout } from './AuthLayout';
import { codeProblemAction } from './CodeProblem';
import { CodeLife, CodeSent } from './CodeSent';
import { MailHint } from './MailHint';
import { OtpInput } from './OtpInput';
import { ResendButton } from './ResendButton';

const names = ['otp', 'username'] as const;

/** Confirms a sign-up. The page leaves as soon as somebody is signed in, by this form or in another tab. */
export function VerifyOtp({ code }: { code: PendingCode }) {
  const [nameLost, setNameLost] = useState(false);
  const sentByItself = useRef('');
  const form = useForm({
    fields: { otp: checkCode, username: nameLost ? checkUsername : () => undefined },
    words: fieldWords,
    submit: async ({ otp, username }) => {
      await verifyOtp({ flow: code.flow, otp: digitsOf(otp), ...(nameLost ? { username: username.trim() } : {}) });
    },
    explain: (error) => {
      if (!isAppError(error)) return undefined;
      if (error.code === 'username_taken') {
        setNameLost(true);
        return { fields: { username: t('verify.newName') } };
      }
      return error.code === 'email_taken' ? { text: t('verify.emailTaken'), code: error.code } : explainCode(error);
    },
  });
  const entry = useCodeEntry(code, { show: form.refuse, clear: form.clear });
  const expired = entry.minutesLeft === 0;
  const action = codeProblemAction(form.problem?.code, {
    login: loginPath(code.next),
    begin: paths.signup,
    resendAt: code.resendAt,
    onSend: entry.resend,
  });

  return (
    <AuthLayout
      title={t('verify.title')}
      hasErrors={form.hasErrors}
      intro={<CodeSent code={code} back={paths.signup} />}
      links={<p className="text-second text-muted">{t('code.nothing')}</p>}
    >
      <form {...form.formProps} className="space-y-5">
        <MailHint />
        <ErrorSummary form={form} names={names}>
          {action}
        </ErrorSummary>
        <div className="space-y-2">
          <OtpInput
            value={entry.digits}
            onChange={entry.change}
            // Once for each code: a refused one is never sent again by itself.
            onFilled={(digits) => {
              if (nameLost || sentByItself.current === digits) return;
              sentByItself.current = digits;
              form.submitNow();
            }}
            error={form.errors.otp}
            inputRef={entry.input}
          />
          {!action && <CodeLife minutes={entry.minutesLeft} />}
          <p role="status" className="text-second text-accent">
            {entry.notice}
          </p>
        </div>
        {nameLost && (
          <TextField
            name="username"
            label={t('username.label')}
            hint={t('username.hint')}
            error={form.errors.username}
            defaultValue={code.username}
            autoComplete="username"
            autoCapitalize="none"
            autoCorrect="off"
            spellCheck={false}
          />
        )}
        <div className="space-y-3">
          <Button type="submit" full pending={form.pending} variant={expired ? 'secondary' : 'primary'}>
            {t('verify.submit')}
          </Button>
          {!action && (
            <ResendButton resendAt={code.resendAt} onSend={entry.resend} variant={expired ? 'primary' : 'secondary'} />
          )}
        </div>
      </form>
    </AuthLayout>
  );
}
