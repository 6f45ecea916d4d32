import type { ReactNode } from 'react';

/** Nothing to list: a small drawing, a sentence, at most one action. */
export function EmptyState({
  drawing,
  title,
  text,
  action,
}: {
  drawing: Drawing;
  title: string;
  text: string;
  action?: ReactNode;
}) {
  return (
    <div className="flex animate-appear flex-col items-center px-4 py-12 text-center">
      <svg
        viewBox="0 0 120 88"
        width="120"
        height="88"
        aria-hidden="true"
        focusable="false"
        className="fill-none stroke-control"
        strokeWidth="1.75"
        strokeLinecap="round"
        strokeLinejoin="round"
      >
        {drawings[drawing]}
      </svg>
      <h2 className="mt-5 font-semibold text-section">{title}</h2>
      <p className="mt-1 max-w-xs text-muted">{text}</p>
      {action && <div className="mt-5">{action}</div>}
    </div>
  );
}

export type Drawing = 'page' | 'sun' | 'calendar' | 'glass' | 'cloud';

const drawings: Record<Drawing, ReactNode> = {
  // A sheet of paper with one line written, and the pencil that wrote it.
  page: (
    <>
      <path d="M34 10h38l14 14v54H34z" />
      <path d="M72 10v14h14" />
      <path className="stroke-accent" d="M44 38h22" />
      <path d="M44 50h30M44 62h18" opacity=".45" />
      <path className="fill-bg" d="M98 34l6 6-24 24-8 2 2-8z" />
      <path d="M93 39l6 6" />
    </>
  ),
  // The day is done: a sun over the horizon.
  sun: (
    <>
      <path d="M18 66h84M34 76h52" />
      <path className="fill-bg stroke-accent" d="M40 66a20 20 0 0 1 40 0" />
      <path className="stroke-accent" d="M60 24v10M31 37l7 7M89 37l-7 7M20 56h9M91 56h9" />
    </>
  ),
  // A calendar with one free day.
  calendar: (
    <>
      <path d="M28 20h64v58H28zM28 36h64M44 12v14M76 12v14" />
      <path d="M42 50h6M57 50h6M42 64h6M57 64h6" opacity=".45" />
      <circle className="stroke-accent" cx="76" cy="57" r="8" />
    </>
  ),
  // A magnifying glass over an empty line.
  glass: (
    <>
      <path d="M22 30h26M22 46h18M22 62h26" opacity=".45" />
      <circle className="fill-bg stroke-accent" cx="68" cy="42" r="20" />
      <path d="M83 57l17 17" />
    </>
  ),
  // A cloud, and a cable that is not plugged in.
  cloud: (
    <>
      <path d="M40 52h38a15 15 0 0 0 2-30 22 22 0 0 0-42-1 16 16 0 0 0 2 31z" />
      <path className="stroke-accent" d="M60 52v8M53 60h14v5a7 7 0 0 1-14 0zM57 72v3M63 72v3" />
      <path d="M48 86h24" opacity=".45" />
    </>
  ),
};
