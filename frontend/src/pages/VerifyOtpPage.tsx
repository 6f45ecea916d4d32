import { Navigate } from 'react-router';
import { paths, safeNext } from '../app/paths';
import { LeaveCode } from '../components/auth/LeaveCode';
import { VerifyOtp } from '../components/auth/VerifyOtp';
import { useSession } from '../hooks/useSession';
import { useStore } from '../hooks/useStore';
import { pendingCode } from '../services/codeFlow';

/** /verify: the code of a sign-up. Confirmed, here or in another tab, it goes on to the list. */
export function VerifyOtpPage() {
  const user = useSession();
  const code = useStore(pendingCode);
  if (user) return <LeaveCode to={safeNext(code?.next)} />;
  if (code?.purpose !== 'signup') return <Navigate to={paths.signup} replace />;
  return <VerifyOtp key={code.flow} code={code} />;
}
