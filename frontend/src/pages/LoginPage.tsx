import { PageTitle } from '../components/ui/PageTitle';
import { t } from '../i18n/t';

export function LoginPage() {
  return (
    <main id="content">
      <PageTitle>{t('login.title')}</PageTitle>
    </main>
  );
}
