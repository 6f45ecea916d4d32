/** Distance of the ruled lines, and how many fill the tallest screen (units of the drawing). */
const kLine = 52;
const kLines = 18;
const ruled = Array.from({ length: kLines }, (_, line) => `M0 ${line * kLine + 34.5}H900`).join('');

/** The quiet right half of wide screens: a ruled sheet with three lines, one of them ticked. Our own drawing. */
export function Sheet() {
  return (
    <div className="relative hidden overflow-hidden border-l border-line bg-surface lg:block">
      <svg
        aria-hidden="true"
        focusable="false"
        viewBox="0 0 640 900"
        className="absolute inset-0 h-full w-full"
        preserveAspectRatio="xMinYMid slice"
        fill="none"
      >
        <path d={`${ruled}M118.5 0V900`} className="stroke-line" vectorEffect="non-scaling-stroke" />
        <g strokeWidth="1.75" strokeLinecap="round" strokeLinejoin="round">
          <circle cx="160" cy="372" r="12" className="fill-accent stroke-accent" />
          <path d="M154.5 372.5l4 4 7.5-8.5" className="stroke-on-accent" />
          <path d="M190 373c22-3 34 3 56 0s40 2 62-1 30 2 44 0" className="stroke-control" />
          <circle cx="160" cy="424" r="12" className="stroke-control" />
          <path d="M190 425c30-4 48 3 78 0s58 3 92-1 40 2 58 0" className="stroke-text" />
          <circle cx="160" cy="476" r="12" className="stroke-control" />
          <path d="M190 477c18-3 40 3 62 0s22 2 40 0" className="stroke-text" />
        </g>
      </svg>
    </div>
  );
}
