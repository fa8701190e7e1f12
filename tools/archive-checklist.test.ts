import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const table = readFileSync(join(root, 'docs/archive-checklist.md'), 'utf8');

type Row = { name: string; proof: string };

const rows: Row[] = table.split('\n').flatMap((line) => {
  const [, name = '', proof = ''] = line.split(/(?<!\\)\|/).map((cell) => cell.trim());
  return name === '' || name === 'case' || /^-+$/.test(name) ? [] : [{ name, proof }];
});

test('the table has every case once', () => {
  expect(rows.length).toBeGreaterThan(30);
  expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
});

test.each(rows)('$name: $proof', ({ proof }) => {
  if (proof.startsWith('– ')) return expect(proof.length).toBeGreaterThan(20);
  const [, file = '', name = ''] = /^`([^`]+\.test\.ts)`: (.+)$/.exec(proof) ?? [];
  expect(existsSync(join(root, file)), proof).toBe(true);
  expect(namesIn(readFileSync(join(root, file), 'utf8'))).toContain(name.replaceAll('\\|', '|'));
});

/** Every text of a test file that could be a name. */
const namesIn = (source: string): string[] =>
  [...source.matchAll(/'((?:[^'\\\n]|\\.)*)'|"([^"\n]*)"|`([^`]*)`/g)].map(([, single, double, back]) =>
    (single ?? double ?? back ?? '').replaceAll(/\\(.)/g, '$1'),
  );
