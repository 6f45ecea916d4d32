import { Suspense } from 'react';
import { Route, Routes, useLocation } from 'react-router';
import { lazyPage } from './lazyPage';
import { paths } from './paths';
import { RequireAuth } from './RequireAuth';
import { RouteError } from './RouteError';

const Home = lazyPage(async () => (await import('../pages/Home')).Home);
const LoginPage = lazyPage(async () => (await import('../pages/LoginPage')).LoginPage);
const NotFoundPage = lazyPage(async () => (await import('../pages/NotFoundPage')).NotFoundPage);

/** Every page of the app, each in its own chunk. */
export function AppRoutes() {
  const { pathname } = useLocation();
  return (
    <RouteError key={pathname}>
      <Suspense>
        <Routes>
          <Route
            path={paths.home}
            element={
              <RequireAuth>
                <Home />
              </RequireAuth>
            }
          />
          <Route path={paths.login} element={<LoginPage />} />
          <Route path="*" element={<NotFoundPage />} />
        </Routes>
      </Suspense>
    </RouteError>
  );
}
