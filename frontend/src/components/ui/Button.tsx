import { clsx } from 'clsx';
import type { ComponentProps, MouseEvent } from 'react';
import { useAfter } from '../../hooks/useAfter';
import { t } from '../../i18n/common';
import { Spinner } from './icons';
import { VisuallyHidden } from './VisuallyHidden';

export interface ButtonProps extends ComponentProps<'button'> {
  readonly variant?: 'primary' | 'secondary' | 'quiet' | 'danger';
  /** Work is under way: keeps width and focus, ignores presses, shows a spinner after 300 ms. */
  readonly pending?: boolean;
  readonly full?: boolean;
}

const looks = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong font-semibold',
  secondary: 'border border-control bg-bg text-text hover:bg-surface font-medium',
  quiet: 'text-text hover:bg-surface font-medium',
  danger: 'border border-danger bg-bg text-danger hover:bg-danger-soft font-medium',
} as const;

/** A button of at least 44 px. Never `disabled` while pending: that would drop the focus. */
export function Button({
  variant = 'primary',
  pending = false,
  full,
  className,
  onClick,
  children,
  ...rest
}: ButtonProps) {
  const spinning = useAfter(pending, 300);
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (pending) event.preventDefault();
    else onClick?.(event);
  };
  return (
    <button
      type="button"
      {...rest}
      onClick={press}
      aria-disabled={pending || rest['aria-disabled']}
      className={clsx(
        'relative inline-flex min-h-11 select-none items-center justify-center rounded-control px-4 py-2 transition active:scale-[0.985]',
        'aria-disabled:cursor-default forced-colors:border',
        looks[variant],
        full && 'w-full',
        className,
      )}
    >
      <span className={clsx('inline-flex items-center gap-2', spinning && 'opacity-0')}>{children}</span>
      {spinning && (
        <span className="absolute inset-0 flex items-center justify-center">
          <Spinner />
          <VisuallyHidden>{t('app.loading')}</VisuallyHidden>
        </span>
      )}
    </button>
  );
}
