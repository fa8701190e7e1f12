import { expect, test } from 'vitest';
import { joinHeard, type HeardSegment } from './join.ts';

const said = (
  text: string,
  fromMs: number,
  toMs: number,
  more: Partial<HeardSegment> = {},
): HeardSegment => ({
  text,
  fromMs,
  toMs,
  confidence: 0.9,
  silence: 0.01,
  ...more,
});
const first = { fromMs: 0, toMs: 10_000 };
const second = { fromMs: 10_000, toMs: 15_000 };

test('pieces are one transcript again, with the times of the whole', () => {
  const joined = joinHeard([
    { piece: second, heard: { language: 'es', segments: [said(' y adiós. ', 500, 1200)] } },
    { piece: first, heard: { language: 'es', segments: [said('Hola', 0, 900)] } },
  ]);
  expect(joined).toEqual({
    language: 'es',
    segments: [
      { fromMs: 0, toMs: 900, text: 'Hola', confidence: 0.9 },
      { fromMs: 10_500, toMs: 11_200, text: 'y adiós.', confidence: 0.9 },
    ],
  });
});

test('times that leave their piece or run backwards are brought back into it', () => {
  const heard = { language: null, segments: [said('a', -300, 900_000), said('b', 4000, 100)] };
  expect(joinHeard([{ piece: second, heard }]).segments).toMatchObject([
    { fromMs: 10_000, toMs: 15_000 },
    { fromMs: 14_000, toMs: 14_000 },
  ]);
});

test('what a model makes up over noise is left out, and its language too', () => {
  const noise = said('Thank you.', 0, 2000, { confidence: 0.2, silence: 0.9 });
  const joined = joinHeard([
    { piece: first, heard: { language: 'en', segments: [noise] } },
    { piece: second, heard: { language: 'es', segments: [said('Hola', 0, 900, { silence: 0.9 })] } },
  ]);
  expect(joined).toMatchObject({ language: 'es', segments: [{ text: 'Hola' }] });
});

test('the language is the one of most of what is said', () => {
  const parts = [
    { piece: first, heard: { language: 'en', segments: [said('Well', 0, 1000)] } },
    { piece: second, heard: { language: 'es', segments: [said('Buenas tardes a todos', 0, 1000)] } },
  ];
  expect(joinHeard(parts).language).toBe('es');
  expect(joinHeard([]).language).toBeNull();
});

test('nothing that no database keeps is in it, and no empty lines', () => {
  const heard = { language: null, segments: [said('\u0000', 0, 5), said(' a\u0000\n b ', 5, 9)] };
  expect(joinHeard([{ piece: first, heard }]).segments).toMatchObject([{ text: 'a b' }]);
});
