import { auth } from './en/auth';
import { common } from './en/common';
import { translator } from './translator';

/** The texts of sign-up, log-in, codes and passwords, and the shared ones. */
export const t = translator({ ...common, ...auth });
