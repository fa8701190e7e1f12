import type { Result } from '#core/result.ts';
import { ok } from '#core/result.ts';
import type { CallFailure } from '../failures.ts';

/** "This exclusion has already been added" is what we wanted; every other 400 is a failure (T-06). */
export function duplicateIsFine(result: Result<void, CallFailure>): Result<void, CallFailure> {
  if (result.ok || result.error.code !== 'http.status' || result.error.status !== 400) return result;
  return /already|exist/i.test(result.error.message) ? ok(undefined) : result;
}
