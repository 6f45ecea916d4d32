import { clsx } from 'clsx';
import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import { Icon } from './icons';

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children' | 'aria-label'> {
  readonly icon: LucideIcon;
  /** The name, also shown as a tooltip: "Delete Buy milk". */
  readonly label: string;
}

/** A 44 px target with a 20 px icon. */
export function IconButton({ icon, label, className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      title={label}
      {...rest}
      aria-label={label}
      className={clsx(
        'inline-flex size-11 shrink-0 items-center justify-center rounded-control text-muted transition hover:bg-surface hover:text-text',
        className,
      )}
    >
      <Icon of={icon} />
    </button>
  );
}
