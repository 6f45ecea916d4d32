import { Fragment } from 'react';
import { Navigate, Outlet, useLocation } from 'react-router';
import { useSession } from '../hooks/useSession';
import { loginPath } from './paths';

/** Shows its pages to signed-in users; others go to log-in without a request. */
export function RequireAuth() {
  const user = useSession();
  const { pathname, search } = useLocation();
  if (!user) return <Navigate to={loginPath(pathname + search)} replace />;
  // Somebody else gets fresh pages: nothing that the first one typed or opened stays.
  return (
    <Fragment key={user.user_id}>
      <Outlet />
    </Fragment>
  );
}
