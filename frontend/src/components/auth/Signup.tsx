import { useState } from 'react';
import { useNavigate } from 'react-router';
import { loginPath, paths } from '../../app/paths';
import { useForm } from '../../hooks/useForm';
import { t } from '../../i18n/auth';
import { isAppError } from '../../services/appError';
import { signUp } from '../../services/auth';
import { fieldWords } from '../../services/fieldWords';
import { checkEmail, checkNewPassword, checkUsername, isOneOf } from '../../services/validation';
import { Button } from '../ui/Button';
import { ErrorSummary } from '../ui/ErrorSummary';
import { TextField } from '../ui/Field';
import { QuietLink } from '../ui/QuietLink';
import { AuthLayout } from './AuthLayout';
import { PasswordField } from './PasswordField';
import { PasswordRules } from './PasswordRules';

const names = ['username', 'email', 'password'] as const;

export interface SignupProps {
  readonly next: string;
  /** What was typed before "Wrong address?". */
  readonly username?: string;
  readonly email?: string;
}

export function Signup({ next, username = '', email = '' }: SignupProps) {
  const navigate = useNavigate();
  const [typed, setTyped] = useState({ username, email });
  const form = useForm({
    fields: {
      username: checkUsername,
      email: checkEmail,
      password: (value, { username, email }) =>
        checkNewPassword(value) ?? (isOneOf(value, [username, email]) ? t('password.same') : undefined),
    },
    words: fieldWords,
    submit: async ({ username, email, password }) => {
      await signUp({ username: username.trim(), email: email.trim(), password }, next);
      void navigate(paths.verify);
    },
    explain: (error) =>
      isAppError(error) && error.code === 'username_taken' ? { fields: { username: t('username.taken') } } : undefined,
  });

  return (
    <AuthLayout
      title={t('signup.title')}
      hasErrors={form.hasErrors}
      links={
        <p>
          {t('signup.hasAccount')} <QuietLink to={loginPath(next)}>{t('login.title')}</QuietLink>
        </p>
      }
    >
      <form {...form.formProps} className="space-y-5">
        <ErrorSummary form={form} names={names} />
        <TextField
          name="username"
          label={t('username.label')}
          hint={t('username.hint')}
          error={form.errors.username}
          defaultValue={username}
          onChange={(event) => setTyped({ ...typed, username: event.currentTarget.value })}
          autoComplete="username"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
        />
        <TextField
          name="email"
          type="email"
          label={t('email.label')}
          error={form.errors.email}
          defaultValue={email}
          onChange={(event) => setTyped({ ...typed, email: event.currentTarget.value })}
          autoComplete="email"
          inputMode="email"
          autoCapitalize="none"
          spellCheck={false}
        />
        <PasswordField
          name="password"
          label={t('password.label')}
          autoComplete="new-password"
          error={form.errors.password}
          rules={(id, value) => <PasswordRules id={id} value={value} names={[typed.username, typed.email]} />}
        />
        <Button type="submit" full pending={form.pending}>
          {t('signup.submit')}
        </Button>
      </form>
    </AuthLayout>
  );
}
