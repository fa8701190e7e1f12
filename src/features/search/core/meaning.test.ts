import { describe, expect, test } from 'vitest';
import { answeringModel, demandsOf, meantBy, telling } from './meaning.ts';
import { parseQuery } from './query.ts';
import type { ResolvedUnit } from './words-plan.ts';

const model = (id: string, isWhole: boolean) => ({ number: 1, id, name: id, dimensions: 3, isWhole });

describe('the model that answers', () => {
  test('is the chosen one once it is whole', () => {
    expect(answeringModel([model('a', true), model('b', true)], 'b')?.id).toBe('b');
  });

  test('is the last that is whole until then', () => {
    const kept = [model('a', true), model('b', true), model('c', false)];
    expect(answeringModel(kept, 'c')?.id).toBe('b');
    expect(answeringModel(kept, 'a')?.id).toBe('a');
  });

  test('is the chosen one with what it has when none is whole, and none before it has anything', () => {
    expect(answeringModel([model('a', false), model('b', false)], 'b')?.id).toBe('b');
    expect(answeringModel([], 'b')).toBeNull();
  });
});

test('a body and an overview mean something under their title, comments and pages by themselves', () => {
  expect(meantBy({ title: 'Rain' }, { part: 'body', text: 'It fell.' })).toBe('Rain\nIt fell.');
  expect(meantBy({ title: 'Rain' }, { part: 'comments', text: 'Nice.' })).toBe('Nice.');
  expect(meantBy({ title: ' ' }, { part: 'library', text: 'It fell.' })).toBe('It fell.');
});

test('phrases are demanded one and all, what is not wanted each by itself, and other words not at all', () => {
  const query = parseQuery('loose "a phrase" "one" OR "two" x OR "y" -no -"not this"');
  const units = [...query.clauses.flatMap(({ any }) => any), ...query.without];
  const resolved = units.map((unit): ResolvedUnit => ({
    unit,
    query: unit.words.join('-'),
    isStopWord: false,
    isStopWordOfAll: false,
    passages: 1,
    written: 1,
    readings: [{ query: unit.words.join('-'), stems: [], passages: 1, repeated: [] }],
  }));
  expect(demandsOf(query, resolved)).toEqual({
    phrases: [['a-phrase'], ['one', 'two']],
    unwanted: '(no) | (not-this)',
  });
  expect(demandsOf(parseQuery('loose'), [])).toEqual({ phrases: [], unwanted: null });
});

test('a second passage of a document is told only when it is near', () => {
  const found = [
    { document: 1, score: 0.9 },
    { document: 1, score: 0.88 },
    { document: 2, score: 0.6 },
    { document: 1, score: 0.5 },
    { document: 3, score: 0.4 },
  ];
  expect(telling(found).map(({ score }) => score)).toEqual([0.9, 0.88, 0.6, 0.4]);
  expect(telling([])).toEqual([]);
});
