/** Every address of the page. Links, redirects and the route table use these. */
export const paths = {
  home: '/',
  login: '/login',
  signup: '/signup',
  verify: '/verify',
  forgotPassword: '/forgot-password',
  resetPassword: '/reset-password',
  settings: '/settings',
  help: '/help',
} as const;

/** The log-in page, told where to go afterwards. */
export function loginPath(next?: string): string {
  return next && next !== paths.home ? `${paths.login}?next=${encodeURIComponent(next)}` : paths.login;
}

/**
 * Where to go after log-in: `next` when it is a path of this origin, else the list. `//host`, `/\host` and whole
 * addresses lead elsewhere and are refused (open redirect).
 */
export function safeNext(next: string | null | undefined): string {
  if (!next?.startsWith('/')) return paths.home;
  const base = 'http://same.invalid';
  const url = URL.canParse(next, base) ? new URL(next, base) : null;
  return url?.origin === base ? `${url.pathname}${url.search}${url.hash}` : paths.home;
}
