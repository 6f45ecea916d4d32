import { useNavigate } from 'react-router';
import { paths } from '../../app/paths';
import { useForm } from '../../hooks/useForm';
import { t } from '../../i18n/auth';
import { forgotPassword } from '../../services/auth';
import { fieldWords } from '../../services/fieldWords';
import { checkEmail } from '../../services/validation';
import { Button } from '../ui/Button';
import { ErrorSummary } from '../ui/ErrorSummary';
import { TextField } from '../ui/Field';
import { QuietLink } from '../ui/QuietLink';
import { AuthLayout } from './AuthLayout';

const names = ['email'] as const;

/** Asks for a reset code. What follows looks the same whether the address has an account or not. */
export function ForgotPassword({ email }: { email: string }) {
  const navigate = useNavigate();
  const form = useForm({
    fields: { email: checkEmail },
    words: fieldWords,
    submit: async ({ email }) => {
      await forgotPassword(email.trim());
      void navigate(paths.resetPassword);
    },
  });

  return (
    <AuthLayout
      title={t('forgot.title')}
      hasErrors={form.hasErrors}
      intro={<p>{t('forgot.text')}</p>}
      links={<QuietLink to={paths.login}>{t('forgot.back')}</QuietLink>}
    >
      <form {...form.formProps} className="space-y-5">
        <ErrorSummary form={form} names={names} />
        <TextField
          name="email"
          type="email"
          label={t('email.label')}
          error={form.errors.email}
          defaultValue={email}
          autoComplete="email"
          inputMode="email"
          autoCapitalize="none"
          spellCheck={false}
        />
        <Button type="submit" full pending={form.pending}>
          {t('forgot.submit')}
        </Button>
      </form>
    </AuthLayout>
  );
}
