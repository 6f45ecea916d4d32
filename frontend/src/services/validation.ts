import { t } from '../i18n/auth';

/** The server's limits (openapi.yaml: Username, Email, NewPassword, Otp), so that most mistakes need no request. */
export const limits = {
  usernameLeast: 3,
  usernameMost: 32,
  emailMost: 254,
  passwordLeast: 8,
  passwordMostBytes: 1024,
  codeDigits: 8,
} as const;

/** The first thing that is wrong with a value, as a sentence. */
type Check = (value: string) => string | undefined;

export const checkUsername: Check = (value) => {
  const name = value.trim();
  if (name === '') return t('username.required');
  if (!/^[A-Za-z0-9._-]*$/.test(name)) return t('username.invalid');
  if (name.length < limits.usernameLeast) return t('username.short');
  return name.length > limits.usernameMost ? t('username.long') : undefined;
};

/** Looser than the server on purpose: it only catches slips. What it lets through the server still refuses. */
export const checkEmail: Check = (value) => {
  const email = value.trim();
  if (email === '') return t('email.required');
  if (!/^[\x21-\x7e]+@[^@.]+(\.[^@.]+)+$/.test(email)) return t('email.invalid');
  return email.length > limits.emailMost ? t('email.long') : undefined;
};

/** At least 8 code points and at most 1,024 bytes, both after NFKC, as the server counts. */
export const checkNewPassword: Check = (value) => {
  if (value === '') return t('password.required');
  if (!isLongEnough(value)) return t('password.short');
  return bytesOf(value) > limits.passwordMostBytes ? t('password.long') : undefined;
};

export const checkCode: Check = (value) => {
  const n = digitsOf(value).length;
  if (n === 0) return t('code.required');
  if (n < limits.codeDigits) return t('code.length', { n });
  return n > limits.codeDigits ? t('code.tooLong', { n }) : undefined;
};

/** Whatever is pasted around a code ("Your code is 1234 5678") leaves its digits; leading zeros stay. */
export function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}

export function isLongEnough(password: string): boolean {
  return [...password.normalize('NFKC')].length >= limits.passwordLeast;
}

/** True when the password is one of `names` (user name, e-mail), whatever the case. Empty names do not count. */
export function isOneOf(password: string, names: readonly string[]): boolean {
  const folded = fold(password);
  return names.some((name) => fold(name) !== '' && fold(name) === folded);
}

function fold(text: string): string {
  return text.trim().normalize('NFKC').toLowerCase();
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text.normalize('NFKC')).length;
}
