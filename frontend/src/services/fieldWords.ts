import { t } from '../i18n/auth';
import type { FieldError } from './appError';

type Words = Readonly<Record<string, string>>;

const password: Words = {
  required: t('password.required'),
  too_short: t('password.short'),
  too_long: t('password.long'),
  common_password: t('password.common'),
  same_as_account: t('password.same'),
  invalid: t('password.invalid'),
};

/** Our words for the server's field codes; the same as those of the checks in the page. */
const words: Readonly<Record<string, Words>> = {
  username: {
    required: t('username.required'),
    too_short: t('username.short'),
    too_long: t('username.long'),
    invalid: t('username.refused'),
  },
  email: { required: t('email.required'), too_long: t('email.long'), invalid: t('email.invalid') },
  password,
  new_password: password,
  otp: { required: t('code.required'), invalid: t('code.invalid'), too_long: t('code.invalid') },
};

/** A sentence for one wrong field; the server's own when it is one we do not know. */
export function fieldWords({ field, code, message }: FieldError): string {
  return words[field]?.[code] ?? message;
}
