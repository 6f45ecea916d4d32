import { lazy, Suspense } from 'react';
import { BrowserRouter } from 'react-router';
import { StatusBanners } from '../components/ui/StatusBanners';
import { Toasts } from '../components/ui/Toasts';
import { useStore } from '../hooks/useStore';
import { t } from '../i18n/common';
import { reauthOpen } from '../services/reauth';
import { AppRoutes } from './routes';

const ReauthDialog = lazy(async () => ({ default: (await import('../components/auth/ReauthDialog')).ReauthDialog }));

export function App() {
  return (
    <BrowserRouter>
      <a
        href="#content"
        className="sr-only rounded-control bg-raised px-4 py-3 shadow-raised focus:not-sr-only focus:fixed focus:top-3 focus:left-3 focus:z-50"
      >
        {t('app.skip')}
      </a>
      <StatusBanners />
      <AppRoutes />
      <Toasts />
      <Reauth />
    </BrowserRouter>
  );
}

/** The sign-in dialog, over whatever page is open. */
function Reauth() {
  return useStore(reauthOpen) ? (
    <Suspense>
      <ReauthDialog />
    </Suspense>
  ) : null;
}
