import type { CallFailure } from '../failures.ts';

/** The commonest failure in the field: reading works, and every change is 403 `invalid csrf token`. */
export const isCsrfRefusal = (failure: CallFailure): boolean =>
  failure.code === 'http.status' && failure.status === 403 && /csrf/i.test(failure.message);
