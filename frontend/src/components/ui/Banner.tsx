import { clsx } from 'clsx';
import { CircleAlert, CircleCheck, Info, type LucideIcon, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Icon } from './icons';

const kinds: Record<'info' | 'success' | 'warn' | 'danger', { icon: LucideIcon; box: string; sign: string }> = {
  info: { icon: Info, box: 'border-line bg-surface', sign: 'text-muted' },
  success: { icon: CircleCheck, box: 'border-accent bg-accent-soft', sign: 'text-accent' },
  warn: { icon: TriangleAlert, box: 'border-warn bg-warn-soft', sign: 'text-warn' },
  danger: { icon: CircleAlert, box: 'border-danger bg-danger-soft', sign: 'text-danger' },
};

/** A message that stays, with icon and words. `live` tells it to screen readers without taking the focus. */
export function Banner({
  kind = 'info',
  live,
  icon,
  children,
  className,
}: {
  kind?: keyof typeof kinds;
  live?: boolean;
  icon?: LucideIcon;
  children: ReactNode;
  className?: string;
}) {
  const { icon: own, box, sign } = kinds[kind];
  return (
    <div
      role={live ? 'status' : undefined}
      className={clsx('flex gap-3 rounded-control border p-3 text-second', box, className)}
    >
      <Icon of={icon ?? own} className={clsx('shrink-0', sign)} />
      <div className="min-w-0 flex-1">{children}</div>
    </div>
  );
}
