import { useEffect, useState } from 'react';

/** True once `condition` has held for `milliseconds`: for progress that must not flash up. */
export function useAfter(condition: boolean, milliseconds: number): boolean {
  const [passed, setPassed] = useState(false);
  useEffect(() => {
    if (!condition) return setPassed(false);
    const timer = setTimeout(() => setPassed(true), milliseconds);
    return () => clearTimeout(timer);
  }, [condition, milliseconds]);
  return condition && passed;
}
