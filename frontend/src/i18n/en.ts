import { account } from './en/account';
import { auth } from './en/auth';
import { common } from './en/common';
import { tasks } from './en/tasks';

/** Every text that a person reads, one file per area. Use it through `t()`. */
export const en = { ...common, ...auth, ...account, ...tasks } as const;
