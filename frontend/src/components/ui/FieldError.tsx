import { CircleAlert } from 'lucide-react';
import { t } from '../../i18n/common';
import { Icon } from './icons';
import { VisuallyHidden } from './VisuallyHidden';

/** The line under a wrong field: icon and words, never red alone. */
export function FieldError({ id, children }: { id: string; children: string }) {
  return (
    <p id={id} className="mt-1.5 flex animate-appear gap-1.5 text-second text-danger">
      <Icon of={CircleAlert} size={16} className="mt-0.5 shrink-0" />
      <span>
        <VisuallyHidden>{t('error.prefix')} </VisuallyHidden>
        {children}
      </span>
    </p>
  );
}
