import { Fragment, useRef } from 'react';
import { Navigate, Outlet, useLocation } from 'react-router';
import { useSession } from '../hooks/useSession';
import { loginPath, paths } from './paths';

/** Shows its pages to signed-in users; others go to log-in without a request. */
export function RequireAuth() {
  const user = useSession();
  const { pathname, search } = useLocation();
  const wasSignedIn = useRef(false);
  if (user) wasSignedIn.current = true;
  // Whoever logs out here leaves no trail for the next one; whoever came by a link is brought back to it.
  if (!user) return <Navigate to={wasSignedIn.current ? paths.login : loginPath(pathname + search)} replace />;
  // Somebody else gets fresh pages: nothing that the first one typed or opened stays.
  return (
    <Fragment key={user.user_id}>
      <Outlet />
    </Fragment>
  );
}
