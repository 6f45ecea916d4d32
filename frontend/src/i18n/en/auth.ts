/** Texts of sign-up, log-in, codes and passwords. */
export const auth = {
  'login.title': 'Log in',
} as const;
