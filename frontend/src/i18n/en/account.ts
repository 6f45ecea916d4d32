/** Texts of the settings page. */
export const account = {
  'account.title': 'Settings',
} as const;
