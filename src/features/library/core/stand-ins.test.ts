import { expect, test } from 'vitest';
import { anEntry, aTitle, noIds } from './build.fake.ts';
import { matchTitles } from './match.ts';
import { throughStandIns, type StandIns } from './stand-ins.ts';

const film = aTitle();
const show = aTitle({ id: 'sonarr01-3' as typeof film.id, kind: 'show', path: '/tv/Faro', ids: noIds });
const standIns: StandIns = {
  roots: ['/leaving'],
  folders: [
    { links: '/leaving/jelly001/films/Solaris (1972) [2]', folder: film.path },
    { links: '/leaving/jelly001/shows/Faro', folder: show.path },
  ],
};
const shown = anEntry({
  key: 'jellyf01:link',
  path: '/leaving/jelly001/films/Solaris (1972) [2]/Solaris.mkv',
  ids: noIds,
});

test('J-34: what is played through a link counts for what the link leads to, though no id says so', () => {
  const entries = throughStandIns([shown, anEntry()], standIns);
  expect(matchTitles([film, show], entries).get(film.id)).toEqual({
    by: 'path',
    keys: ['jellyf01:a', 'jellyf01:link'],
  });
});

test('J-34: so does a show, which is its folder', () => {
  const linked = anEntry({ kind: 'show', path: '/leaving/jelly001/shows/Faro', ids: noIds });
  expect(matchTitles([film, show], throughStandIns([linked], standIns)).get(show.id)?.keys).toHaveLength(1);
});

test('T-14: of two films of one id the one that is linked counts, not its twin', () => {
  const uhd = aTitle({ id: 'radarr02-7' as typeof film.id, path: '/films-4k/Solaris (1972)' });
  const matches = matchTitles([film, uhd], throughStandIns([{ ...shown, ids: film.ids }], standIns));
  expect([...matches.keys()]).toEqual([film.id]);
});

test('a real entry comes before its stand-in, whatever their order, because collections take the first', () => {
  expect(throughStandIns([shown, anEntry()], standIns).map(({ key }) => key)).toEqual([
    'jellyf01:a',
    'jellyf01:link',
  ]);
});

test('what is linked no more and still shown is no title of its own', () => {
  const stale = { ...shown, path: '/leaving/jelly001/films/Gone/Gone.mkv' };
  expect(matchTitles([film], throughStandIns([stale, anEntry()], standIns)).get(film.id)?.keys).toEqual([
    'jellyf01:a',
  ]);
});

test('without folders of links nothing is different', () => {
  const entries = [anEntry(), { ...shown, path: '/leaving2/x.mkv' }];
  expect(throughStandIns(entries, { roots: [], folders: [] })).toBe(entries);
  expect(throughStandIns(entries, standIns)).toEqual(entries);
});
