import { clsx } from 'clsx';
import { Eye, EyeOff } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { t } from '../../i18n/auth';
import { Field, inputClass } from '../ui/Field';
import { Icon } from '../ui/icons';

export interface PasswordFieldProps {
  readonly name: string;
  readonly id?: string;
  readonly label: string;
  readonly autoComplete: 'current-password' | 'new-password';
  readonly error?: string | undefined;
  /** Takes the focus when a dialog opens. */
  readonly autoFocus?: boolean;
  /** The rules for new passwords, shown before and while it is typed: PasswordRules with this id and value. */
  readonly rules?: (id: string, value: string) => ReactNode;
}

/** A password with "Show", a Caps Lock hint and, for new ones, the rules. No maxlength: that would cut silently. */
export function PasswordField({ name, id = name, label, autoComplete, error, autoFocus, rules }: PasswordFieldProps) {
  const [shown, setShown] = useState(false);
  const [caps, setCaps] = useState(false);
  const [value, setValue] = useState('');
  const input = useRef<HTMLInputElement>(null);

  // Browsers offer to save a password only from a field of that type.
  useEffect(() => {
    const form = input.current?.form;
    const hide = () => setShown(false);
    form?.addEventListener('submit', hide);
    return () => form?.removeEventListener('submit', hide);
  }, []);

  const toggle = () => {
    const at = input.current?.selectionStart ?? null;
    const to = input.current?.selectionEnd ?? null;
    setShown(!shown);
    // Changing the type moves the caret to the front in some browsers.
    requestAnimationFrame(() => input.current?.setSelectionRange(at, to));
  };
  const watchCaps = (event: KeyboardEvent) => setCaps(event.getModifierState('CapsLock'));
  const rulesId = `${id}-rules`;
  const capsId = `${id}-caps`;

  return (
    <div>
      <Field
        name={name}
        id={id}
        label={label}
        error={error}
        describedBy={clsx(rules && rulesId, caps && capsId)}
        hint={rules?.(rulesId, value)}
      >
        {(props) => (
          <div className="relative">
            <input
              {...props}
              ref={input}
              type={shown ? 'text' : 'password'}
              autoComplete={autoComplete}
              autoCapitalize="off"
              autoCorrect="off"
              spellCheck={false}
              data-autofocus={autoFocus}
              onInput={(event) => setValue(event.currentTarget.value)}
              onKeyDown={watchCaps}
              onKeyUp={watchCaps}
              onBlur={() => setCaps(false)}
              className={clsx(inputClass, 'pr-22')}
            />
            <button
              type="button"
              aria-pressed={shown}
              aria-label={t('password.show')}
              onClick={toggle}
              className="absolute inset-y-0 right-0 flex min-h-11 items-center gap-1.5 rounded-control px-3 text-second font-medium text-muted hover:text-text aria-pressed:text-accent"
            >
              <Icon of={shown ? EyeOff : Eye} size={16} />
              {t('password.show.short')}
            </button>
          </div>
        )}
      </Field>
      <p id={capsId} role="status" className="text-second text-warn">
        {caps && <span className="mt-1.5 block">{t('password.caps')}</span>}
      </p>
    </div>
  );
}
