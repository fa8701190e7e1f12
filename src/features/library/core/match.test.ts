import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ConnectionId, ItemId } from '#core/ids.ts';
import { anEntry, aTitle, noIds } from './build.fake.ts';
import { idsAt, matchTitles, mediaKey, type MediaKey } from './match.ts';

const hd = aTitle();
const uhd = aTitle({ id: 'radarr02-7' as ItemId, path: '/films-4k/Solaris (1972)' });

test('J-34: matches by path and says so', () => {
  expect(matchTitles([hd], [anEntry({ ids: noIds })]).get(hd.id)).toEqual({
    by: 'path',
    keys: ['jellyf01:a'],
  });
});

test('matches by provider id where no path helps', () => {
  const elsewhere = anEntry({ path: '/somewhere/else/Solaris.mkv' });
  expect(matchTitles([hd], [elsewhere]).get(hd.id)).toEqual({ by: 'ids', keys: ['jellyf01:a'] });
  expect(matchTitles([hd], [anEntry({ path: null })]).get(hd.id)?.by).toBe('ids');
});

test('a title nobody knows is not in the answer (J-38)', () => {
  expect(matchTitles([hd], []).has(hd.id)).toBe(false);
});

test('a 4K copy of another service is another title (J-97, T-14)', () => {
  const entries = [anEntry(), anEntry({ key: 'jellyf01:b', path: '/films-4k/Solaris (1972)/Solaris.mkv' })];
  const matches = matchTitles([hd, uhd], entries);
  expect(matches.get(hd.id)?.keys).toEqual(['jellyf01:a']);
  expect(matches.get(uhd.id)?.keys).toEqual(['jellyf01:b']);
});

test('a 4K copy that nobody manages does not join a title that has its own entry (J-97)', () => {
  const entries = [anEntry(), anEntry({ key: 'jellyf01:b', path: '/private/Solaris.mkv' })];
  expect(matchTitles([hd], entries).get(hd.id)?.keys).toEqual(['jellyf01:a']);
});

test('one id for titles in two places matches neither', () => {
  expect(matchTitles([hd, uhd], [anEntry({ path: '/elsewhere/x.mkv' })]).size).toBe(0);
});

test('an entry in the folder of one title never goes to another by id', () => {
  const other = aTitle({ id: 'radarr01-8' as ItemId, path: '/films/Stalker', ids: { ...noIds, tmdb: 1398 } });
  const matches = matchTitles([hd, other], [anEntry({ ids: { ...noIds, tmdb: 1398 } })]);
  expect(matches.has(other.id)).toBe(false);
  expect(matches.get(hd.id)?.by).toBe('path');
});

test('two services with the very same folder share its entries (T-14)', () => {
  const twin = aTitle({ id: 'radarr02-9' as ItemId });
  expect([...matchTitles([hd, twin], [anEntry()]).keys()]).toEqual([hd.id, twin.id]);
});

test('who watched on a second media server counts, though only the first is known by its path (J-34)', () => {
  const second = anEntry({ key: 'jellyf02:a', path: '/elsewhere/Solaris.mkv' });
  expect(matchTitles([hd], [anEntry(), second]).get(hd.id)).toEqual({
    by: 'path',
    keys: ['jellyf01:a', 'jellyf02:a'],
  });
});

test('several entries may be one title', () => {
  const entries = [anEntry(), anEntry({ key: 'jellyf01:b', path: '/films/Solaris (1972)/Solaris cut.mkv' })];
  expect(matchTitles([hd], entries).get(hd.id)?.keys).toHaveLength(2);
});

test('the nearest folder owns the entry', () => {
  const outer = aTitle({ id: 'radarr01-1' as ItemId, path: '/films', ids: noIds });
  const matches = matchTitles([outer, hd], [anEntry()]);
  expect(matches.has(outer.id)).toBe(false);
});

test('films and shows never meet, though TMDB gives both one number (T-40)', () => {
  expect(matchTitles([hd], [anEntry({ kind: 'show', path: null })]).size).toBe(0);
});

test('the first id both know decides', () => {
  const title = aTitle({ ids: { tmdb: 593, tvdb: null, imdb: 'tt0069293' } });
  const entry = anEntry({ path: null, ids: { tmdb: 594, tvdb: null, imdb: 'tt0069293' } });
  expect(matchTitles([title], [entry]).size).toBe(0);
});

test('ids go back to the media server that gave them', () => {
  const [one, two] = ['aaaaaaaa' as ConnectionId, 'bbbbbbbb' as ConnectionId];
  const keys = [mediaKey(one, '1'), mediaKey(two, '2')];
  expect(idsAt(two, keys)).toEqual(['2']);
});

const place = fc.constantFrom('/f/a', '/f/b', '/f/a/c', '/g/a', '/g');
const ids = fc.record({
  tmdb: fc.option(fc.constantFrom(1, 2)),
  tvdb: fc.option(fc.constantFrom(1, 2)),
  imdb: fc.option(fc.constantFrom('tt1', 'tt2')),
});
const kind = fc.constantFrom('film' as const, 'show' as const);
const titles = fc
  .array(fc.record({ kind, path: place, ids }), { maxLength: 6 })
  .map((all) => all.map((one, index) => ({ ...one, id: `radarr01-${index}` as ItemId })));
const entries = fc
  .array(fc.record({ kind, path: fc.option(place.map((path) => `${path}/x`)), ids }), { maxLength: 6 })
  .map((all) => all.map((one, index) => ({ ...one, key: `j:${index}` as MediaKey })));

test('one media path is never given to two titles unless they have one path', () => {
  fc.assert(
    fc.property(titles, entries, (catalogue, media) => {
      const placesOf = new Map<string, Set<string>>();
      for (const [id, match] of matchTitles(catalogue, media)) {
        for (const key of match.keys) {
          const entry = media.find((one) => one.key === key);
          const title = catalogue.find((one) => one.id === id);
          expect(entry?.kind).toBe(title?.kind);
          const where = entry?.path ? `${entry.kind} ${entry.path}` : key;
          placesOf.set(where, (placesOf.get(where) ?? new Set()).add(title?.path ?? ''));
        }
      }
      for (const places of placesOf.values()) expect(places.size).toBe(1);
    }),
    { numRuns: 500 },
  );
});

test('C-01: a copy at another media server that could be either of two titles leaves both unclear', () => {
  const own = [anEntry(), anEntry({ key: 'jellyf01:b', path: '/films-4k/Solaris (1972)/Solaris.mkv' })];
  const either = anEntry({ key: 'emby0001:9', path: '/elsewhere/Solaris.mkv' });
  const matches = matchTitles([hd, uhd], [...own, either]);
  expect(matches.get(hd.id)).toEqual({ by: 'path', keys: ['jellyf01:a'], unclear: true });
  expect(matches.get(uhd.id)?.unclear).toBe(true);
});

test('C-01: a copy elsewhere does not blur what the same media server has at its place', () => {
  const entries = [
    anEntry(),
    anEntry({ key: 'jellyf01:b', path: '/films-4k/Solaris (1972)/Solaris.mkv' }),
    anEntry({ key: 'jellyf01:c', path: '/elsewhere/Solaris.mkv' }),
  ];
  expect([...matchTitles([hd, uhd], entries).values()].some(({ unclear }) => unclear)).toBe(false);
});
