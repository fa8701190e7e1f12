import { expect, test } from 'vitest';
import { cleanText, pageText } from './text.ts';

test('control characters, halves of characters and white space that nobody sees are gone', () => {
  expect(cleanText(' a\0b\t\tc \n\n d\ud800\u0085 ')).toBe('a b c\n\nd\ufffd');
});

test('a word that was broken at the end of a line is whole, and a dash between numbers or names stays', () => {
  expect(pageText('the obser-\nvatory, Anna-\nMaria, 1939-\n1945 and -\nthis')).toBe(
    'the observatory, Anna-\nMaria, 1939-\n1945 and -\nthis',
  );
});
