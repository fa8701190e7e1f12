import { expect, test } from 'vitest';
import type { Credit } from '#features/library/core/credits.ts';
import { documentOfItem, type ItemWords } from './item-document.ts';

const film = (over: Partial<ItemWords> = {}): ItemWords => ({
  id: 'radarr-1',
  kind: 'film',
  title: 'The Lanterns',
  originalTitle: null,
  year: 1994,
  overview: 'Somebody puts them out.',
  genres: ['Drama'],
  tags: ['keep'],
  credits: [],
  ...over,
});
const credit = (name: string, part: Credit['part'], role: string | null = null): Credit => ({
  name,
  part,
  role,
});

test('a film whose credits nobody told has its overview alone', () => {
  const { title, tags, stretches } = documentOfItem(film());
  expect({ title, tags, stretches }).toEqual({
    title: 'The Lanterns (1994)',
    tags: ['keep', 'Drama'],
    stretches: [{ part: 'library', locator: { at: 'start' }, text: 'Somebody puts them out.' }],
  });
});

test('who plays whom and who made it are read one after the other, a maker once', () => {
  const { stretches } = documentOfItem(
    film({
      credits: [
        credit('Leonor Tejada', 'director'),
        credit('Leonor Tejada', 'writer'),
        credit('Theo Hale', 'writer'),
        credit('Marta Ferrán', 'actor', 'Inés'),
        credit('Bruno Robles', 'actor'),
      ],
    }),
  );
  expect(stretches.map(({ part, text }) => [part, text])).toEqual([
    ['library', 'Somebody puts them out.'],
    ['cast', 'Marta Ferrán (Inés), Bruno Robles'],
    ['makers', 'Leonor Tejada, Theo Hale'],
  ]);
});

test('the original title stands beside the title, unless it says the same', () => {
  expect(documentOfItem(film({ originalTitle: 'Los faroles' })).title).toBe(
    'The Lanterns · Los faroles (1994)',
  );
  expect(documentOfItem(film({ originalTitle: 'the lanterns', year: null })).title).toBe('The Lanterns');
});
