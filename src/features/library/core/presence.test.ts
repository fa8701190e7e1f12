import { expect, test } from 'vitest';
import type { MediaKey } from './match.ts';
import { isSeasonTold, isShowTold } from './presence.ts';

const part = (key: MediaKey, kind: 'season' | 'episode', seasonNumber: number | null = 1) => ({
  key,
  kind,
  seasonNumber,
});
const episodeA = part('jelly:1', 'episode');
const folderA = part('jelly:2', 'season');
const episodeB = part('emby:1', 'episode');
const folderB = part('emby:2', 'season');

test.each([
  ['one has it', [episodeA], true],
  ['both have it', [episodeA, folderA, episodeB, folderB], true],
  ['missing on one, present on the other: the one that has it judges', [episodeA, folderA], true],
  ['one names it and has nothing in it', [episodeA, folderA, folderB], false],
  ['nobody has an episode', [folderA], false],
  ['nobody has it at all', [], false],
])('C-01: a season is told when %s', (_name, below, told) => {
  expect(isSeasonTold(below, 1)).toBe(told);
});

const one = { number: 1, fileCount: 8 };
const two = { number: 2, fileCount: 8 };
test.each([
  ['both have all of it', ['jelly:s', 'emby:s'], [episodeA, episodeB], [one], true],
  ['one does not have it', ['jelly:s'], [episodeA], [one], true],
  ['one has the show without an episode', ['jelly:s', 'emby:s'], [episodeA], [one], false],
  [
    'a season is on the second only',
    ['jelly:s', 'emby:s'],
    [episodeA, part('emby:9', 'episode', 2)],
    [one, two],
    true,
  ],
  ['a season with files is on neither', ['jelly:s'], [episodeA], [one, two], false],
  ['a season without files is on neither', ['jelly:s'], [episodeA], [one, { ...two, fileCount: 0 }], true],
  ['the specials are on neither', ['jelly:s'], [episodeA], [one, { ...two, number: 0 }], true],
  [
    'a season is an empty folder on one',
    ['jelly:s', 'emby:s'],
    [episodeA, folderB, part('emby:9', 'episode', 2)],
    [one],
    false,
  ],
] as const)('C-01: a show is told or not when %s', (_name, shows, below, seasons, told) => {
  expect(isShowTold(shows, below, seasons)).toBe(told);
});
