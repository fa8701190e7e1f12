import { m } from '#i18n/messages.js';
import type { FieldError } from './form.ts';

/** A sentence for one code; `params` are the numbers and names in it. */
export type Words = (params: Record<string, number | string>) => string;
export type WordList = Readonly<Record<string, Words>>;

const WORDS: WordList = {
  required: m.error_required,
  'too-short': ({ min = 0 }) => m.error_too_short({ min: Number(min) }),
  'too-long': ({ max = 0 }) => m.error_too_long({ max: Number(max) }),
  'too-small': ({ min = 0 }) => m.error_too_small({ min }),
  'too-big': ({ max = 0 }) => m.error_too_big({ max }),
  'not-a-number': m.error_not_a_number,
  'not-whole': m.error_not_whole,
  'not-an-email': m.error_not_an_email,
  'not-a-url': m.error_not_a_url,
  'bad-format': m.error_bad_format,
  'not-a-choice': m.error_not_a_choice,
  'password-mismatch': m.error_password_mismatch,
  'username-taken': m.error_username_taken,
  'email-taken': m.error_email_taken,
  'wrong-credentials': m.error_wrong_credentials,
  'wrong-password': m.error_wrong_password,
  'too-many-attempts': m.error_too_many_attempts,
  'account-disabled': m.error_account_disabled,
  'time-span.not-readable': m.error_time_span_not_readable,
  'time-span.no-unit': m.error_time_span_no_unit,
  'time-span.under-a-day': m.error_time_span_under_a_day,
  'time-span.too-long': m.error_time_span_too_long,
};

/** `more` are the words of a feature for its own codes. An unknown code still gives a sentence. */
export const errorText = (error: FieldError, more: WordList = {}): string =>
  (more[error.code] ?? WORDS[error.code] ?? m.error_invalid)(error.params ?? {});
