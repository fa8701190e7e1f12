import { expect, test } from 'vitest';
import type { Block } from '../content.ts';
import { excerptOf, minutesToRead, plainLines } from './plain-text.ts';

const paragraph = (text: string): Block => ({ type: 'paragraph', text: [{ text }] });

test('a body is read line by line, with what lists, quotes and polls say', () => {
  const blocks: Block[] = [
    { type: 'heading', level: 2, text: [{ text: 'Chapter ' }, { text: 'one', marks: ['bold'] }] },
    paragraph('First line\nsecond line'),
    { type: 'list', ordered: true, items: [[paragraph('wake')], [paragraph('write'), paragraph('again')]] },
    { type: 'quote', blocks: [paragraph('said')] },
    { type: 'poll', poll: { question: 'More?', choices: [{ text: 'Yes', votes: 3 }], closesAt: null } },
    { type: 'divider' },
    { type: 'link', url: 'https://example.org', title: null, description: null },
  ];
  expect(plainLines(blocks)).toEqual([
    'Chapter one',
    'First line',
    'second line',
    '1. wake',
    '2. write',
    'again',
    'said',
    'More?',
    '• Yes',
    'https://example.org',
  ]);
});

test('an excerpt ends where a word ends and never in the middle of a character', () => {
  expect(excerptOf([paragraph('one two three four')], 11)).toBe('one two…');
  expect(excerptOf([paragraph('short')], 11)).toBe('short');
  expect(excerptOf([paragraph('👩‍🚀'.repeat(9))], 6)).not.toMatch(/[\uD800-\uDBFF]…/);
  expect(excerptOf([{ type: 'divider' }], 11)).toBeNull();
});

test('reading takes whole minutes, and pictures alone none', () => {
  expect(minutesToRead([paragraph('word '.repeat(660))])).toBe(3);
  expect(minutesToRead([paragraph('word')])).toBe(1);
  expect(minutesToRead([{ type: 'gallery', media: ['a'] }])).toBeNull();
});
