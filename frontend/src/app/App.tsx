import { Toasts } from '../components/ui/Toasts';
import { t } from '../i18n/t';
import { Providers } from './providers';
import { AppRoutes } from './routes';

export function App() {
  return (
    <Providers>
      <a
        href="#content"
        className="sr-only rounded-control bg-raised px-4 py-3 shadow-raised focus:not-sr-only focus:fixed focus:top-3 focus:left-3 focus:z-50"
      >
        {t('app.skip')}
      </a>
      <AppRoutes />
      <Toasts />
    </Providers>
  );
}
