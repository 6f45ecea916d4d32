import { useNavigate } from 'react-router';
import { paths } from '../../app/paths';
import { useForm } from '../../hooks/useForm';
import { showToast } from '../../hooks/useToasts';
import { t } from '../../i18n/auth';
import { isAppError } from '../../services/appError';
import { logIn } from '../../services/auth';
import { giveUpSignIn } from '../../services/reauth';
import { currentUser } from '../../services/session';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { ErrorSummary } from '../ui/ErrorSummary';
import { TextField } from '../ui/Field';
import { PasswordField } from './PasswordField';

const names = ['username', 'password'] as const;

/**
 * Asks for the password over the page when the session has ended. The page stays as it is, and what waited is sent
 * after it. Somebody else who logs in here gets an empty page: services/session removes what was not his.
 */
export function ReauthDialog() {
  const navigate = useNavigate();
  const before = currentUser()?.username ?? '';
  const form = useForm({
    fields: {
      username: (value) => (value.trim() ? undefined : t('login.name.required')),
      password: (value) => (value ? undefined : t('login.password.required')),
    },
    submit: async ({ username, password }) => {
      const user = await logIn({ username: username.trim(), password });
      if (user.username === before) return;
      showToast({ text: t('reauth.other', { name: user.username, before }) });
      void navigate(paths.home);
    },
    explain: (error) => {
      if (!isAppError(error) || error.code !== 'invalid_credentials') return undefined;
      form.reset('password');
      return { fields: { password: t('login.refused') } };
    },
  });

  return (
    <Dialog open title={t('reauth.title')} onClose={giveUpSignIn}>
      <p className="mt-1 text-muted">{t('reauth.text')}</p>
      <form {...form.formProps} className="mt-5 space-y-4">
        <ErrorSummary form={form} names={names} />
        <TextField
          name="username"
          id="reauth-username"
          label={t('login.name')}
          error={form.errors.username}
          defaultValue={before}
          autoComplete="username"
          inputMode="email"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
        />
        <PasswordField
          name="password"
          id="reauth-password"
          label={t('password.label')}
          autoComplete="current-password"
          error={form.errors.password}
          autoFocus
        />
        <div className="flex flex-wrap justify-end gap-3 pt-1">
          <Button variant="quiet" onClick={giveUpSignIn}>
            {t('reauth.leave')}
          </Button>
          <Button type="submit" pending={form.pending}>
            {t('login.submit')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
