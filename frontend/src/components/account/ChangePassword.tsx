import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from '../../hooks/useForm';
import { t } from '../../i18n/account';
import { changePassword } from '../../services/account';
import { isAppError } from '../../services/appError';
import { fieldWords } from '../../services/fieldWords';
import type { SignedIn } from '../../services/session';
import { checkNewPassword, isOneOf } from '../../services/validation';
import { PasswordField } from '../auth/PasswordField';
import { PasswordRules } from '../auth/PasswordRules';
import { Banner } from '../ui/Banner';
import { Button } from '../ui/Button';
import { ErrorSummary } from '../ui/ErrorSummary';

const names = ['current_password', 'new_password'] as const;

/** Sets a new password; the other devices are logged out by the server. */
export function ChangePassword({ user }: { user: SignedIn }) {
  const queries = useQueryClient();
  const [changes, setChanges] = useState(0);
  const own = [user.username, user.email];
  const form = useForm({
    fields: {
      current_password: (value) => (value ? undefined : t('change.current.required')),
      new_password: (value) => checkNewPassword(value) ?? (isOneOf(value, own) ? t('password.same') : undefined),
    },
    words: fieldWords,
    submit: async (body) => {
      await changePassword(body);
      setChanges(changes + 1);
      void queries.invalidateQueries({ queryKey: ['devices'] });
    },
    explain: (error) =>
      isAppError(error) && error.code === 'wrong_password'
        ? { fields: { current_password: t('change.current.wrong') } }
        : undefined,
  });

  return (
    // A new key empties the fields after a change.
    <form key={changes} {...form.formProps} className="max-w-100 space-y-5">
      {changes > 0 && !form.hasErrors && (
        <Banner kind="success" live>
          {t('change.done')}
        </Banner>
      )}
      <ErrorSummary form={form} names={names} />
      {/* Tells password managers whose password this is. */}
      <input type="text" name="username" autoComplete="username" value={user.username} readOnly hidden />
      <PasswordField
        name="current_password"
        label={t('change.current')}
        autoComplete="current-password"
        error={form.errors.current_password}
      />
      <PasswordField
        name="new_password"
        label={t('password.new')}
        autoComplete="new-password"
        error={form.errors.new_password}
        rules={(id, value) => <PasswordRules id={id} value={value} names={own} />}
      />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button type="submit" pending={form.pending}>
          {t('change.submit')}
        </Button>
        <span className="text-second text-muted">{t('change.note')}</span>
      </div>
    </form>
  );
}
