import { expect, test } from 'vitest';
import { toLanguage } from './languages.ts';

test.each([
  ['spanish', 'es'],
  ['Spanish', 'es'],
  ['es', 'es'],
  ['es-ES', 'es'],
  ['english', 'en'],
  ['myanmar', 'my'],
  ['haitian creole', 'ht'],
  ['jw', 'jv'],
  ['javanese', 'jv'],
  ['klingon', null],
  ['', null],
  [null, null],
  [undefined, null],
])('%j is %j', (told, code) => {
  expect(toLanguage(told)).toBe(code);
});
