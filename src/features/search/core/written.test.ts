import { expect, test } from 'vitest';
import { readText } from './text.ts';
import { accented, writtenForm } from './written.ts';

test('a folded word is shown with the accents that most texts have', () => {
  expect(writtenForm('munequilla', ['La muñequilla gira.', 'una munequilla', 'con Muñequilla'])).toBe(
    'muñequilla',
  );
});

test('a capital stays only where every text has it', () => {
  expect(writtenForm('lisboa', ['En Lisboa tembló.', 'Lisboa, 1755'])).toBe('Lisboa');
  expect(writtenForm('cancion', ['Canción nueva', 'otra canción'])).toBe('canción');
});

test('a word that is in no text stays as it is', () => {
  expect(writtenForm('guitarra', ['dos guitarras'])).toBe('guitarra');
});

test('words with accents are known by how most texts write them, and no other is named', () => {
  const texts = ['cancion y Canción', 'otra canción, como ayer', '¿Cómo? Como siempre.', 'plain words'];
  expect([...accented(texts.map(readText))]).toEqual([['cancion', 'canción']]);
});
