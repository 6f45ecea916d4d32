import { LoaderCircle, type LucideIcon, type LucideProps } from 'lucide-react';

/** One size (px at the usual text size) and stroke for all icons. They are decoration: the control beside them carries the name. */
export function Icon({ of: Shape, size = 20, ...rest }: { of: LucideIcon } & LucideProps) {
  return <Shape size={rem(size)} strokeWidth={1.75} aria-hidden="true" focusable="false" {...rest} />;
}

export function Spinner({ size = 20 }: { size?: number }) {
  return <Icon of={LoaderCircle} size={size} className="animate-spin" />;
}

/** The mark of the product: a tick, drawn with one stroke. */
export function Mark({ size = 32 }: { size?: number }) {
  return (
    <svg width={rem(size)} height={rem(size)} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="8" className="fill-accent" />
      <path
        d="M8.5 16.8l5 5L24 10.5"
        fill="none"
        className="stroke-on-accent"
        strokeWidth="3.2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}

/** Pixels as rem, so that icons grow with the text. */
function rem(pixels: number | string): string {
  return `${Number(pixels) / 16}rem`;
}
