import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const table = readFileSync(join(root, 'docs/janitorr-rules.md'), 'utf8');

type Row = { id: string; does: string; what: string; proof: string };

const rows: Row[] = table.split('\n').flatMap((line) => {
  const [, id = '', does = '', what = '', proof = ''] = line.split(/(?<!\\)\|/).map((cell) => cell.trim());
  return /^[JT]-\d+$/.test(id) ? [{ id, does, what, proof }] : [];
});

/** From the first to the last number of each paragraph of the rules. */
const paragraphs: readonly (readonly ['J' | 'T', number, number])[] = [
  ['J', 1, 11],
  ['J', 20, 50],
  ['J', 60, 64],
  ['J', 70, 77],
  ['J', 80, 84],
  ['J', 90, 100],
  ['J', 110, 117],
  ['J', 120, 120],
  ['J', 130, 130],
  ['T', 1, 15],
  ['T', 20, 32],
  ['T', 40, 42],
  ['T', 50, 51],
  ['T', 60, 63],
  ['T', 70, 72],
];
const ids = paragraphs.flatMap(([letter, from, to]) =>
  Array.from({ length: to - from + 1 }, (_, index) => `${letter}-${String(from + index).padStart(2, '0')}`),
);

test('every rule stands in the table once, in order', () => {
  expect(rows.map(({ id }) => id)).toEqual(ids);
});

test.each(rows)('$id says what is done, or why it does not apply', ({ does, what }) => {
  expect(['KEEP', 'FIX', '–']).toContain(does);
  expect(what.length).toBeGreaterThan(10);
});

const named = rows.flatMap(({ id, proof }) =>
  [...proof.matchAll(/`([^`]+\.(?:test|e2e)\.ts)`/g)].map(([, file = '']) => ({ id, file })),
);

test.each(named)('$id is in $file', ({ id, file }) => {
  expect(existsSync(join(root, file))).toBe(true);
  expect(readFileSync(join(root, file), 'utf8')).toMatch(new RegExp(`\\b${id}\\b`));
});

test('a rule that is followed names its test, or says that there is none yet', () => {
  const silent = rows.filter(
    ({ does, proof }) => does !== '–' && !proof.startsWith('`') && proof !== 'no test names it yet',
  );
  expect(silent).toEqual([]);
});
