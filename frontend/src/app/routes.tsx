import { type ComponentType, Suspense } from 'react';
import { Route, Routes, useLocation } from 'react-router';
import { currentUser } from '../services/session';
import { lazyPage } from './lazyPage';
import { paths } from './paths';
import { RequireAuth } from './RequireAuth';
import { RouteError } from './RouteError';

/**
 * A list that the browser remembers, or that was asked for early, is there a few moments after the code: then the page is
 * drawn once, with it. Nobody notices so short a wait (milliseconds).
 */
const kListInHand = 100;

const Home = pageWithQueries(async () => {
  const page = import('../pages/Home');
  // The list is asked for while the page is on its way, not after it.
  const list = import('../services/taskData').then(({ startTasks }) => startTasks());
  const { Home } = await page;
  await Promise.race([list, new Promise((done) => setTimeout(done, kListInHand))]);
  return Home;
});
const LoginPage = lazyPage(async () => (await import('../pages/LoginPage')).LoginPage);
const SignupPage = lazyPage(async () => (await import('../pages/SignupPage')).SignupPage);
const VerifyOtpPage = pageWithQueries(async () => (await import('../pages/VerifyOtpPage')).VerifyOtpPage);
const ForgotPasswordPage = lazyPage(async () => (await import('../pages/ForgotPasswordPage')).ForgotPasswordPage);
const ResetPasswordPage = pageWithQueries(async () => (await import('../pages/ResetPasswordPage')).ResetPasswordPage);
const SettingsPage = pageWithQueries(async () => (await import('../pages/SettingsPage')).SettingsPage);
const HelpPage = lazyPage(async () => (await import('../pages/HelpPage')).HelpPage);
const NotFoundPage = lazyPage(async () => (await import('../pages/NotFoundPage')).NotFoundPage);

/** A page that asks the server by queries; its code and theirs come side by side. */
function pageWithQueries(load: () => Promise<ComponentType>) {
  return lazyPage(async () => {
    const [Page, { WithQueries }] = await Promise.all([load(), import('./WithQueries')]);
    return () => (
      <WithQueries>
        <Page />
      </WithQueries>
    );
  });
}

type Pages = Record<string, ReturnType<typeof lazyPage>>;

const open: Pages = {
  [paths.login]: LoginPage,
  [paths.signup]: SignupPage,
  [paths.verify]: VerifyOtpPage,
  [paths.forgotPassword]: ForgotPasswordPage,
  [paths.resetPassword]: ResetPasswordPage,
  [paths.help]: HelpPage,
};
const forUsers: Pages = { [paths.home]: Home, [paths.settings]: SettingsPage };

/** Brings the page of an address, so that the first drawing shows it. Never fails: the page itself says what is wrong. */
export function fetchPage(pathname: string): Promise<void> {
  const forUser = forUsers[pathname];
  const page = forUser && !currentUser() ? LoginPage : (forUser ?? open[pathname] ?? NotFoundPage);
  return page.fetch();
}

/** Every page of the app, each in its own chunk. */
export function AppRoutes() {
  const { pathname } = useLocation();
  return (
    // Outside of what changes with the page, so that the old one stays until the new one has loaded.
    <Suspense>
      <RouteError key={pathname}>
        <Routes>
          {routesTo(open)}
          <Route element={<RequireAuth />}>{routesTo(forUsers)}</Route>
          <Route path="*" element={<NotFoundPage />} />
        </Routes>
      </RouteError>
    </Suspense>
  );
}

function routesTo(pages: Pages) {
  return Object.entries(pages).map(([path, Page]) => <Route key={path} path={path} element={<Page />} />);
}
