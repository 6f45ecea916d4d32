import { useLocation } from 'react-router';
import { ForgotPassword } from '../components/auth/ForgotPassword';

/** /forgot-password. The log-in page hands over the e-mail that was typed there. */
export function ForgotPasswordPage() {
  const { state } = useLocation();
  return <ForgotPassword email={state?.email ?? ''} />;
}
