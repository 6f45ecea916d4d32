import { clsx } from 'clsx';
import { Check, Circle } from 'lucide-react';
import { t } from '../../i18n/auth';
import { isLongEnough, isOneOf } from '../../services/validation';
import { Icon } from '../ui/icons';
import { VisuallyHidden } from '../ui/VisuallyHidden';

/** What a new password must be, with icon and words for met and not met yet. */
export function PasswordRules({ id, value, names }: { id: string; value: string; names: readonly string[] }) {
  const rules = [
    { text: t('password.rule.length'), met: isLongEnough(value) },
    { text: t('password.rule.same'), met: value !== '' && !isOneOf(value, names) },
  ];
  return (
    <ul id={id} className="mt-0.5">
      {rules.map(({ text, met }) => (
        <li key={text} className={clsx('flex items-center gap-1.5', met && 'text-accent')}>
          <span className="flex size-4 items-center justify-center">
            {met ? <Icon of={Check} size={16} /> : <Icon of={Circle} size={8} />}
          </span>
          {text}
          <VisuallyHidden>: {met ? t('password.rule.met') : t('password.rule.open')}</VisuallyHidden>
        </li>
      ))}
    </ul>
  );
}
