import { clsx } from 'clsx';
import { useEffect, useRef } from 'react';
import { useDocumentTitle } from '../../hooks/useDocumentTitle';

/** The first page of a visit leaves the focus where the browser puts it. */
let visited = false;

/**
 * The h1 of a page. Names the tab and, after a change of route, takes the focus, so that a screen reader says the new
 * page once. `keepFocus` leaves it to the page.
 */
export function PageTitle({
  children,
  hasErrors,
  keepFocus,
  className,
}: {
  children: string;
  hasErrors?: boolean;
  keepFocus?: boolean;
  className?: string;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useDocumentTitle(children, hasErrors);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each page
  useEffect(() => {
    if (visited && !keepFocus) heading.current?.focus();
    visited = true;
  }, []);
  return (
    <h1 ref={heading} tabIndex={-1} className={clsx('text-title font-semibold tracking-tight', className)}>
      {children}
    </h1>
  );
}
