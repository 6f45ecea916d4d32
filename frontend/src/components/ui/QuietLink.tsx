import { Link, type LinkProps } from 'react-router';

/** A link on a line of its own, with a target of 44 px. */
export function QuietLink(props: LinkProps) {
  return <Link {...props} className="link inline-flex min-h-11 items-center font-medium" />;
}
