import { expect, test } from 'vitest';
import type { ConnectionId, ItemId } from '#core/ids.ts';
import { aTitle, jellyfinId, noIds } from './build.fake.ts';
import type { Match } from './match.ts';
import { playIndex, type NamedTitle, type PlayedTitle } from './match-plays.ts';

const hd = 'radarr01-7' as ItemId;
const uhd = 'radarr02-7' as ItemId;
const aNamed = (over: Partial<NamedTitle> = {}): NamedTitle => ({
  ...aTitle(),
  title: 'Solaris',
  year: 1972,
  ...over,
});
const aPlayed = (over: Partial<PlayedTitle> = {}): PlayedTitle => ({
  kind: 'film',
  serverId: null,
  externalId: null,
  ids: noIds,
  title: null,
  year: null,
  ...over,
});
const matches = new Map<ItemId, Match>([
  [hd, { by: 'path', keys: [`${jellyfinId}:a`] }],
  [uhd, { by: 'path', keys: [`${jellyfinId}:b`] }],
]);
const find = playIndex([aNamed(), aNamed({ id: uhd, path: '/films-4k/Solaris' })], matches);

test('the id at the media server decides, so a play of the 4K copy is of that copy (T-14)', () => {
  const byId = aPlayed({ externalId: 'b', ids: { ...noIds, tmdb: 593 } });
  expect(find(byId)).toEqual([uhd]);
  expect(find({ ...byId, serverId: jellyfinId })).toEqual([uhd]);
});

test('the id of one media server says nothing of another', () => {
  expect(find(aPlayed({ externalId: 'b', serverId: 'other001' as ConnectionId }))).toEqual([]);
});

test('T-26: where the id is gone, the provider ids find every copy', () => {
  expect(find(aPlayed({ externalId: 'gone', ids: { ...noIds, tmdb: 593 } }))).toEqual([hd, uhd]);
});

test('T-51: without ids, the title and a year that may be one off', () => {
  expect(find(aPlayed({ title: 'SOLÁRIS', year: 1973 }))).toEqual([hd, uhd]);
  expect(find(aPlayed({ title: 'Solaris', year: 2002 }))).toEqual([]);
  expect(find(aPlayed({ title: 'Solaris' }))).toEqual([hd, uhd]);
});

test('a name without a year that two different films bear protects neither', () => {
  const remake = aNamed({ id: 'radarr01-8' as ItemId, year: 2002, ids: noIds });
  expect(playIndex([aNamed(), remake], new Map())(aPlayed({ title: 'Solaris' }))).toEqual([]);
});

test('a show is never found by a film of the same number (T-40)', () => {
  expect(find(aPlayed({ kind: 'show', ids: { ...noIds, tmdb: 593 }, title: 'Solaris' }))).toEqual([]);
});
