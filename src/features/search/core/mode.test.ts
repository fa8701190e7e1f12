import { describe, expect, test } from 'vitest';
import { planLayers, readMode, type Mode } from './mode.ts';
import { parseQuery } from './query.ts';

const plan = (text: string, mode: Mode = 'auto') => planLayers(mode, parseQuery(text));
const words = { words: true, meaning: 'no' };
const keywords = { words: true, meaning: 'if-nothing-found' };
const both = { words: true, meaning: 'yes' };

describe('by itself', () => {
  test.each([
    'guitarra',
    'winter songs',
    'canciones de invierno',
    'como',
    'guitar -live',
    'guitar creator:ana',
  ])('%j is keywords: the meaning answers only when the words find nothing', (text) =>
    expect(plan(text)).toEqual(keywords),
  );

  test.each([
    '¿guardar vino?',
    'how record',
    'Cómo grabar',
    'por qué suena',
    'where to keep old letters',
    'canciones tristes para el invierno',
  ])('%j is said, and is asked of both', (text) => expect(plan(text)).toEqual(both));

  test.each(['"una canción nueva para ti"', 'guit*', 'tag:live', '-live', ''])(
    '%j is asked of the words alone',
    (text) => expect(plan(text)).toEqual(words),
  );

  test('what is not wanted and filters do not make a query long', () => {
    expect(plan('guitar -one -two -three -four creator:"a b c d"')).toEqual(keywords);
  });
});

test('what somebody chose is asked', () => {
  expect(plan('guitarra', 'both')).toEqual(both);
  expect(plan('guitarra', 'meaning')).toEqual({ words: false, meaning: 'yes' });
  expect(plan('how do I record?', 'words')).toEqual(words);
  expect(plan('tag:live', 'meaning')).toEqual(words);
});

test('other names of the modes are understood', () => {
  expect(['auto', 'fulltext', 'semantic', 'hybrid', 'both', 'x'].map(readMode)).toEqual([
    'auto',
    'words',
    'meaning',
    'both',
    'both',
    null,
  ]);
});
