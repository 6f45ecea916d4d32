import { Navigate } from 'react-router';
import { paths } from '../app/paths';
import { ResetPassword } from '../components/auth/ResetPassword';
import { useStore } from '../hooks/useStore';
import { pendingCode } from '../services/codeFlow';

/** /reset-password: the code and the new password. Without a request it begins with one. */
export function ResetPasswordPage() {
  const code = useStore(pendingCode);
  if (code?.purpose !== 'reset') return <Navigate to={paths.forgotPassword} replace />;
  return <ResetPassword key={code.flow} code={code} />;
}
