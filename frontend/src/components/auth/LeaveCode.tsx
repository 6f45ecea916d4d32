import { useEffect, useState } from 'react';
import { Navigate, type NavigateProps } from 'react-router';
import { forgetCode } from '../../services/codeFlow';

/**
 * Leaves a page that takes a code, and forgets the code when it is gone: the other way round the page, which needs a
 * pending code, would go back to where one is asked for.
 */
export function LeaveCode({ to, state }: Pick<NavigateProps, 'to' | 'state'>) {
  const [target] = useState(to);
  useEffect(() => forgetCode, []);
  return <Navigate to={target} state={state} replace />;
}
