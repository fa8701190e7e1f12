import { readDuration, type JanitorrDuration } from './duration.ts';
import type { KeyKind } from './keys.ts';
import { textsOf, type Property, type Yaml } from './properties.ts';

/** `days` as Janitorr takes it, which may be none at all; such a row is never taken over by itself (J-10). */
export type JanitorrTier = { freePercent: number; age: JanitorrDuration };
export type TagSchedule = { tag: string; age: JanitorrDuration };
export type JanitorrAge = 'oldest' | 'most-recent';

export const textOf = (value: Yaml | undefined): string | null =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value).trim() || null
    : null;

const YES = ['true', 'on', 'yes', '1'];
const NO = ['false', 'off', 'no', '0'];

export function booleanOf(value: Yaml | undefined): boolean | null {
  const text = textOf(value)?.toLowerCase() ?? '';
  if (YES.includes(text)) return true;
  return NO.includes(text) ? false : null;
}

export function numberOf(value: Yaml | undefined): number | null {
  const number = Number(textOf(value) ?? Number.NaN);
  return Number.isFinite(number) ? number : null;
}

export const durationOf = (value: Yaml | undefined): JanitorrDuration | null => {
  const text = textOf(value);
  return text === null ? null : readDuration(text);
};

/** Spring compares the names of choices by their letters only. */
export function ageOf(value: Yaml | undefined): JanitorrAge | null {
  const letters = textOf(value)
    ?.toLowerCase()
    .replaceAll(/[^a-z]/g, '');
  if (letters === 'oldest') return 'oldest';
  return letters === 'mostrecent' ? 'most-recent' : null;
}

/** The rows of a map from free space to age: `…movie-expiration.10`. What is no whole number is left out. */
export function tiersOf(rows: readonly Property[]): JanitorrTier[] {
  return rows
    .flatMap(({ name, value }) => {
      const freePercent = Number(name.split('.').at(-1));
      const age = durationOf(value);
      return Number.isInteger(freePercent) && age !== null ? [{ freePercent, age }] : [];
    })
    .sort((a, b) => a.freePercent - b.freePercent);
}

export function schedulesOf(value: Yaml | undefined): TagSchedule[] {
  if (!Array.isArray(value)) return [];
  return (value as readonly Yaml[]).flatMap((row) => {
    if (typeof row !== 'object' || row === null || Array.isArray(row)) return [];
    const { tag, expiration } = row as Readonly<Record<string, Yaml>>;
    const label = textOf(tag);
    const age = durationOf(expiration);
    return label === null || age === null ? [] : [{ tag: label, age }];
  });
}

export type ValueProblem = 'no-unit' | 'under-a-day' | 'not-readable';

type Check = (value: Yaml | undefined, rows: readonly Property[]) => ValueProblem | null;

const unless = (isReadable: boolean): ValueProblem | null => (isReadable ? null : 'not-readable');
const isText: Check = (value) => unless(textOf(value) !== null);

const checks: Readonly<Record<KeyKind, Check>> = {
  boolean: (value) => unless(booleanOf(value) !== null),
  number: (value) => unless(numberOf(value) !== null),
  age: (value) => unless(ageOf(value) !== null),
  duration: (value) => {
    const read = durationOf(value);
    return read === null ? 'not-readable' : read.problem;
  },
  tiers: (_value, rows) => worst(tiersOf(rows), rows.length),
  schedules: (value) => worst(schedulesOf(value), Array.isArray(value) ? value.length : 1),
  texts: (value) => unless(Array.isArray(value) || textsOf(value ?? null).length > 0),
  text: isText,
  secret: isText,
  address: isText,
};

/** What is wrong with a value that stands at a key of this kind; null when Janitorr and we both can use it. */
export const problemOf = (kind: KeyKind, rows: readonly Property[]): ValueProblem | null =>
  checks[kind](rows[0]?.value, rows);

function worst(read: readonly { age: JanitorrDuration }[], written: number): ValueProblem | null {
  if (read.length < written) return 'not-readable';
  return read.find(({ age }) => age.problem !== null)?.age.problem ?? null;
}

/** For people: never a secret, and of an address never what stands before an `@`. */
export function shownValue(kind: KeyKind, rows: readonly Property[]): string | null {
  const value = rows[0]?.value ?? null;
  switch (kind) {
    case 'secret':
      return null;
    case 'address':
      return textOf(value)?.replace(/\/\/[^/]*@/, '//') ?? null;
    case 'tiers':
      return rows.map((row) => `${row.path.split('.').at(-1) ?? ''}: ${textOf(row.value) ?? '?'}`).join(', ');
    case 'schedules':
      return schedulesText(value);
    case 'texts':
      return textsOf(value).join(', ');
    default:
      return textOf(value);
  }
}

const schedulesText = (value: Yaml): string =>
  (Array.isArray(value) ? (value as readonly Yaml[]) : [])
    .map((row) =>
      typeof row === 'object' && row !== null
        ? Object.values(row)
            .map((part: Yaml) => textOf(part) ?? '?')
            .join(': ')
        : '?',
    )
    .join(', ');
