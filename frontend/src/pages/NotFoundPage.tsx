import { Link } from 'react-router';
import { paths } from '../app/paths';
import { PageTitle } from '../components/ui/PageTitle';
import { t } from '../i18n/t';

export function NotFoundPage() {
  return (
    <main id="content" className="mx-auto max-w-md space-y-4 p-6 pt-16">
      <PageTitle>{t('notFound.title')}</PageTitle>
      <p>{t('notFound.text')}</p>
      <Link to={paths.home} className="link">
        {t('notFound.home')}
      </Link>
    </main>
  );
}
