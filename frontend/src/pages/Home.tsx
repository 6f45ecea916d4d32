import { PageTitle } from '../components/ui/PageTitle';
import { t } from '../i18n/t';

export function Home() {
  return (
    <main id="content">
      <PageTitle>{t('tasks.title')}</PageTitle>
    </main>
  );
}
