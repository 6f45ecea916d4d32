import { useState } from 'react';
import { loginPath, paths } from '../../app/paths';
import { required, useForm } from '../../hooks/useForm';
import { useStore } from '../../hooks/useStore';
import { t } from '../../i18n/auth';
import { isAppError } from '../../services/appError';
import { logIn } from '../../services/auth';
import { pendingCode } from '../../services/codeFlow';
import { Banner } from '../ui/Banner';
import { Button } from '../ui/Button';
import { ErrorSummary } from '../ui/ErrorSummary';
import { TextField } from '../ui/Field';
import { QuietLink } from '../ui/QuietLink';
import { AuthLayout } from './AuthLayout';
import { PasswordField } from './PasswordField';

const names = ['username', 'password'] as const;

export interface LoginProps {
  /** Where to go afterwards: a path of this origin. */
  readonly next: string;
  /** Filled in, after a reset. */
  readonly username?: string;
  readonly passwordWasReset?: boolean;
}

export function Login({ next, username = '', passwordWasReset }: LoginProps) {
  const [name, setName] = useState(username);
  const pending = useStore(pendingCode);
  const form = useForm({
    fields: {
      username: required(t('login.name.required')),
      password: (value) => (value ? undefined : t('login.password.required')),
    },
    submit: async ({ username, password }) => {
      // The page goes to `next` as soon as somebody is signed in.
      await logIn({ username: username.trim(), password });
    },
    // The same words whatever was wrong, and a fresh start for the password only.
    explain: (error) => {
      if (!isAppError(error) || error.code !== 'invalid_credentials') return undefined;
      form.reset('password');
      return { fields: { password: t('login.refused') } };
    },
  });

  return (
    <AuthLayout
      title={t('login.title')}
      hasErrors={form.hasErrors}
      links={
        <>
          <p>
            <QuietLink to={paths.forgotPassword} state={{ email: name.includes('@') ? name.trim() : '' }}>
              {t('login.forgot')}
            </QuietLink>
          </p>
          <p>
            {t('login.new')} <QuietLink to={withNext(paths.signup, next)}>{t('login.signup')}</QuietLink>
          </p>
          {pending?.purpose === 'signup' && (
            <p>
              {t('login.pending')} <QuietLink to={paths.verify}>{t('login.pending.link')}</QuietLink>
            </p>
          )}
        </>
      }
    >
      <form {...form.formProps} className="space-y-5">
        {passwordWasReset && !form.hasErrors && (
          <Banner kind="success" live>
            {t('login.afterReset')}
          </Banner>
        )}
        <ErrorSummary form={form} names={names} />
        <TextField
          name="username"
          label={t('login.name')}
          defaultValue={username}
          onChange={(event) => setName(event.currentTarget.value)}
          error={form.errors.username}
          autoComplete="username"
          inputMode="email"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
        />
        <PasswordField
          name="password"
          label={t('password.label')}
          autoComplete="current-password"
          error={form.errors.password}
        />
        <Button type="submit" full pending={form.pending}>
          {t('login.submit')}
        </Button>
      </form>
    </AuthLayout>
  );
}

function withNext(path: string, next: string): string {
  return loginPath(next).replace(paths.login, path);
}
