import { expect, test } from 'vitest';
import { keptCredits, type Credit } from './credits.ts';

const actor = (name: string, role: string | null = null): Credit => ({ name, part: 'actor', role });

test('makers come before actors, each in the order they were told', () => {
  const kept = keptCredits([
    actor('Nora Pell', 'Iris'),
    { name: 'Theo Hale', part: 'writer', role: null },
    { name: 'Iris Tran', part: 'director', role: null },
    { name: 'Amos Sayer', part: 'creator', role: null },
    actor('Juno Coyle'),
  ]);
  expect(kept.map(({ name, part }) => [name, part])).toEqual([
    ['Amos Sayer', 'creator'],
    ['Iris Tran', 'director'],
    ['Theo Hale', 'writer'],
    ['Nora Pell', 'actor'],
    ['Juno Coyle', 'actor'],
  ]);
});

test('who directs and plays is told for both, and who plays two people once', () => {
  const kept = keptCredits([
    actor('Nora Pell', 'Iris'),
    { name: 'Nora Pell', part: 'director', role: null },
    actor('Nora Pell', 'Old Iris'),
    actor('Nora Pell', 'Iris'),
  ]);
  expect(kept).toEqual([
    { name: 'Nora Pell', part: 'director', role: null },
    actor('Nora Pell', 'Iris / Old Iris'),
  ]);
});

test('of a long list the first are kept, of a long name the beginning, and of no name nothing', () => {
  const crowd = Array.from({ length: 200 }, (_, index) => actor(`Extra ${String(index)}`));
  expect(keptCredits(crowd).map(({ name }) => name)).toEqual(crowd.slice(0, 15).map(({ name }) => name));
  const writers = crowd.map((one): Credit => ({ ...one, part: 'writer' }));
  expect(keptCredits(writers)).toHaveLength(4);
  expect(keptCredits([actor(' \0 '), actor('')])).toEqual([]);
  expect(keptCredits([actor(' Ana\n\0 Robles ', '  ')])).toEqual([actor('Ana Robles')]);
  expect(keptCredits([actor('a'.repeat(500))])[0]?.name).toHaveLength(120);
});
