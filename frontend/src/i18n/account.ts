import { account } from './en/account';
import { auth } from './en/auth';
import { common } from './en/common';
import { translator } from './translator';

/** The texts of the settings and help pages, of passwords, and the shared ones. */
export const t = translator({ ...common, ...auth, ...account });
