import { common } from './en/common';
import { translator } from './translator';

/** The texts that every page shares. */
export const t = translator(common);
