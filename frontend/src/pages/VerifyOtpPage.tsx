import { useEffect, useState } from 'react';
import { Navigate } from 'react-router';
import { paths, safeNext } from '../app/paths';
import { VerifyOtp } from '../components/auth/VerifyOtp';
import { useSession } from '../hooks/useSession';
import { useStore } from '../hooks/useStore';
import { forgetCode, pendingCode } from '../services/codeFlow';

/** /verify: the code of a sign-up. Confirmed, here or in another tab, it goes on to the list. */
export function VerifyOtpPage() {
  const user = useSession();
  const code = useStore(pendingCode);
  if (user) return <Confirmed next={safeNext(code?.next)} />;
  if (code?.purpose !== 'signup') return <Navigate to={paths.signup} replace />;
  return <VerifyOtp key={code.flow} code={code} />;
}

/** Leaves first and forgets the code then: the other way round the page would go back to sign-up. */
function Confirmed({ next }: { next: string }) {
  const [target] = useState(next);
  useEffect(() => forgetCode, []);
  return <Navigate to={target} replace />;
}
