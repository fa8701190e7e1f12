import { json, type Reply } from '../http.ts';

/** Wrong input: an array, one entry per field. */
export const invalid = (propertyName: string, errorMessage: string, attemptedValue?: unknown): Reply =>
  json(400, [{ propertyName, errorMessage, attemptedValue, severity: 'error', errorCode: 'Validator' }]);

export const badRequest = (message: string): Reply => json(400, { message });
export const notFound = (): Reply => json(404, { message: 'NotFound' });
export const conflict = (message: string): Reply => json(409, { message });

/** One stale or repeated id makes the whole call fail. */
export function wrongRows(ids: readonly number[], found: number): Reply | undefined {
  if (ids.length === found && new Set(ids).size === ids.length) return undefined;
  const message = `Expected query to return ${String(ids.length)} rows but returned ${String(Math.min(found, new Set(ids).size))}`;
  return json(500, { message, description: `System.ApplicationException: ${message}` });
}
