import type { ReactNode } from 'react';
import { Navigate, useLocation } from 'react-router';
import { useSession } from '../hooks/useSession';
import { loginPath } from './paths';

/** Shows its page to signed-in users; others go to log-in without a request. */
export function RequireAuth({ children }: { children: ReactNode }) {
  const user = useSession();
  const { pathname, search } = useLocation();
  return user ? children : <Navigate to={loginPath(pathname + search)} replace />;
}
