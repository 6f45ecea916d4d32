import { Link } from 'react-router';
import { paths } from '../app/paths';
import { Footer } from '../components/ui/Footer';
import { Mark } from '../components/ui/icons';
import { PageTitle } from '../components/ui/PageTitle';
import { t } from '../i18n/common';

/** For every address that leads nowhere. */
export function NotFoundPage() {
  return (
    <div className="mx-auto flex w-full flex-1 max-w-110 flex-col px-5">
      <main id="content" tabIndex={-1} className="flex flex-1 flex-col justify-center gap-4 py-12">
        <Mark size={40} />
        <PageTitle>{t('notFound.title')}</PageTitle>
        <p className="text-muted">{t('notFound.text')}</p>
        <Link to={paths.home} className="link inline-flex min-h-11 items-center self-start font-medium">
          {t('notFound.home')}
        </Link>
      </main>
      <Footer />
    </div>
  );
}
