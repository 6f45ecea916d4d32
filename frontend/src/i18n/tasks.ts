import { common } from './en/common';
import { tasks } from './en/tasks';
import { translator } from './translator';

/** The texts of the task list, and the shared ones. */
export const t = translator({ ...common, ...tasks });
