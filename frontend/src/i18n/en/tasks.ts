/** Texts of the task list. */
export const tasks = {
  'tasks.title': 'Tasks',
} as const;
