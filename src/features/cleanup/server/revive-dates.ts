const ISO_MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** Values kept as JSON come back with their dates as text. Exactly what `Date` itself wrote becomes a date again. */
export function reviveDates(value: unknown): unknown {
  if (typeof value === 'string') return ISO_MOMENT.test(value) ? new Date(value) : value;
  if (Array.isArray(value)) return value.map(reviveDates);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, reviveDates(part)]));
}
