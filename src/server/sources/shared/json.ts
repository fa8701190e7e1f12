/** Escapes of what a database cannot keep in JSON: NUL, and halves of characters. */
const SUSPECT = /\\u(?:0000|d[89a-f][0-9a-f]{2})/i;

/** The value, or undefined when it is no JSON. Without what PostgreSQL refuses to store. */
export function parseJson(text: string): unknown {
  try {
    const isSuspect = SUSPECT.test(text) || text.includes('\0');
    return isSuspect ? JSON.parse(text, (_, value: unknown) => cleaned(value)) : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return storable(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [storable(name), inner as unknown]));
}

const storable = (text: string): string => text.replaceAll('\0', '').toWellFormed();
