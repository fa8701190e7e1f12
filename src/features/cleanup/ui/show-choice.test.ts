import { expect, test } from 'vitest';
import { showCalled, showChoices } from './show-choice.ts';

const shows = showChoices([
  { id: 'a', title: 'The News', year: 2001, serviceName: 'Sonarr' },
  { id: 'b', title: 'The Newsroom', year: 2012, serviceName: 'Sonarr' },
  { id: 'c', title: 'Dune', year: null, serviceName: 'Sonarr' },
  { id: 'd', title: 'The News', year: 2001, serviceName: 'Sonarr 4K' },
]);

test('two series of the same name say which service they are of', () => {
  expect(shows.map(({ name }) => name)).toEqual([
    'The News (2001) · Sonarr',
    'The Newsroom (2012)',
    'Dune',
    'The News (2001) · Sonarr 4K',
  ]);
});

test.each([
  ['the newsroom (2012)', 'b'],
  [' Dune ', 'c'],
  ['the newsr', 'b'],
  ['The News (2001) · Sonarr 4K', 'd'],
])('%s means one series', (typed, id) => {
  expect(showCalled(typed, shows)?.id).toBe(id);
});

test.each(['', '  ', 'the news', 'Nothing of ours'])('“%s” means none for sure', (typed) => {
  expect(showCalled(typed, shows)).toBeNull();
});
