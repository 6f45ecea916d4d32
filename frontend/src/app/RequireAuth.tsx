import { Navigate, Outlet, useLocation } from 'react-router';
import { useSession } from '../hooks/useSession';
import { loginPath } from './paths';

/** Shows its pages to signed-in users; others go to log-in without a request. */
export function RequireAuth() {
  const user = useSession();
  const { pathname, search } = useLocation();
  return user ? <Outlet /> : <Navigate to={loginPath(pathname + search)} replace />;
}
