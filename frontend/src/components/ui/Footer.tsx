import { Link } from 'react-router';
import { paths } from '../../app/paths';
import { t } from '../../i18n/common';

/** The foot of every page that is not the list: help in the same place everywhere (WCAG 3.2.6). */
export function Footer() {
  return (
    <footer className="py-2 text-second">
      <Link
        to={paths.help}
        className="-ml-2 inline-flex min-h-11 items-center rounded-control px-2 text-muted hover:text-text"
      >
        {t('app.help')}
      </Link>
    </footer>
  );
}
