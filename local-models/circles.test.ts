import { expect, test } from 'vitest';
import { withoutCircles } from './circles.ts';

const lines = (texts: readonly string[]) => texts.map((text, at) => ({ fromS: at, toS: at + 1, text }));
const circle = Array<string>(12).fill(' Gracias por ver el vídeo.');

test('what is said dozens of times is said once, for as long as all of them took', () => {
  expect(withoutCircles(lines([' Hola.', ...circle, ' Adiós.']))).toEqual([
    { fromS: 0, toS: 1, text: ' Hola.' },
    { fromS: 1, toS: 13, text: ' Gracias por ver el vídeo.' },
    { fromS: 13, toS: 14, text: ' Adiós.' },
  ]);
});

test('what people say twice or thrice stays, and what comes again later too', () => {
  for (const texts of [[' No.', ' No.', ' No.'], [' Sí.', ' No.', ' Sí.'], []])
    expect(withoutCircles(lines(texts))).toEqual(lines(texts));
});
