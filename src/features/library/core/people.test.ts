import { expect, test } from 'vitest';
import { isSamePerson, spellingIn, unionOfNames } from './people.ts';

test.each([
  ['Ana García', 'ANA GARCÍA', true],
  ['Ana', ' ana ', true],
  ['Ana', 'Ana G', false],
  ['Ana Garci\u0301a', 'Ana García', true],
])('C-01: "%s" and "%s" are one person: %s', (a, b, same) => {
  expect(isSamePerson(a, b)).toBe(same);
});

test('C-01: everybody is the union of the names, each once, in whatever order the servers come', () => {
  const lists = [['ANA', 'Marcos'], ['Tía Rosa', 'Ana'], []];
  expect(unionOfNames(lists)).toEqual(['Ana', 'Marcos', 'Tía Rosa']);
  expect(unionOfNames(lists.toReversed())).toEqual(unionOfNames(lists));
});

test('C-01: a person is written in one way everywhere, and somebody nobody lists as told', () => {
  const spelling = spellingIn([['ANA', 'Marcos'], ['Ana']]);
  expect(['ANA', 'ana', 'Marcos', 'ROSA'].map(spelling)).toEqual(['Ana', 'Ana', 'Marcos', 'ROSA']);
});
