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

/** `file`: name of the test, as it is written in the file. */
const proofOf = ({ proof }: Row) => /^`([^`]+\.test\.ts)`: (.+)$/.exec(proof)?.slice(1);

test.each(rows.filter(({ does }) => does !== '–'))('$id is followed, and names its test', (row) => {
  expect(proofOf(row)).toHaveLength(2);
});

test.each(rows.filter(({ proof }) => proof !== '–'))('$id: $proof', (row) => {
  const [file = '', name = ''] = proofOf(row) ?? [];
  expect(existsSync(join(root, file)), file).toBe(true);
  expect(name).toMatch(new RegExp(`\\b${row.id}\\b`));
  expect(namesIn(readFileSync(join(root, file), 'utf8'))).toContain(name);
});

/** Every text of a test file that could be a name: in any of the three quotes, without escapes. */
const namesIn = (source: string): string[] =>
  [...source.matchAll(/'((?:[^'\\\n]|\\.)*)'|"([^"\n]*)"|`([^`]*)`/g)].map(([, single, double, back]) =>
    (single ?? double ?? back ?? '').replaceAll(/\\(.)/g, '$1'),
  );
