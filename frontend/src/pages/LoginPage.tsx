import { Navigate, useLocation, useSearchParams } from 'react-router';
import { safeNext } from '../app/paths';
import { Login } from '../components/auth/Login';
import { useSession } from '../hooks/useSession';

/** /login, with `?next=`. Whoever is logged in goes on at once. */
export function LoginPage() {
  const user = useSession();
  const [search] = useSearchParams();
  const { state } = useLocation();
  const next = safeNext(search.get('next'));
  if (user) return <Navigate to={next} replace />;
  return <Login next={next} username={state?.username} passwordWasReset={state?.passwordWasReset} />;
}
