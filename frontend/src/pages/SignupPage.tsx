import { Navigate, useLocation, useSearchParams } from 'react-router';
import { safeNext } from '../app/paths';
import { Signup } from '../components/auth/Signup';
import { useSession } from '../hooks/useSession';

/** /signup, with `?next=`. "Wrong address?" comes back here with what was typed. */
export function SignupPage() {
  const user = useSession();
  const [search] = useSearchParams();
  const { state } = useLocation();
  const next = safeNext(search.get('next'));
  if (user) return <Navigate to={next} replace />;
  return <Signup next={next} username={state?.username} email={state?.email} />;
}
