/** Attributes of an answer that was parsed from JSON and not proven: each is looked at when it is wanted. */
export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {});

/** Null when it is absent, empty, or no text. */
export function textIn(fields: Fields, name: string): string | null {
  const value = fields[name];
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

/** Ids come as numbers too. */
export function idIn(fields: Fields, name: string): string | null {
  const value = fields[name];
  return typeof value === 'number' ? String(value) : textIn(fields, name);
}

export function numberIn(fields: Fields, name: string): number | null {
  const value = fields[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** Nobody counts to less than nothing, and the database keeps whole numbers of 32 bits. */
export function countIn(fields: Fields, name: string): number | null {
  const value = numberIn(fields, name);
  return value !== null && value >= 0 && value < 2 ** 31 ? Math.round(value) : null;
}

export const flagIn = (fields: Fields, name: string): boolean | null => {
  const value = fields[name];
  return typeof value === 'boolean' ? value : null;
};

export const listIn = (fields: Fields, name: string): readonly unknown[] => {
  const value = fields[name];
  return Array.isArray(value) ? (value as unknown[]) : [];
};

export const fieldsIn = (fields: Fields, name: string): Fields => fieldsOf(fields[name]);

/** Before the year 1 and after 9999 neither JSON nor the database keeps what was meant. */
export function dateIn(fields: Fields, name: string): Date | null {
  const text = textIn(fields, name);
  const at = text === null ? null : new Date(text);
  if (!at || Number.isNaN(at.getTime())) return null;
  return at.getUTCFullYear() >= 1 && at.getUTCFullYear() <= 9999 ? at : null;
}
