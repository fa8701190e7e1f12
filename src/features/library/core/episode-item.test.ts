import { expect, test } from 'vitest';
import { known, unknown } from '#core/fact.ts';
import { aMark, anItem } from './build.fake.ts';
import { byKey } from './by-key.ts';
import { episodeItems, type FiledEpisode, type ShowPart, type ShowThere } from './episode-item.ts';
import type { MediaKey } from './match.ts';
import type { Mark } from './watch.ts';

const show = anItem({
  kind: 'show',
  title: 'Alma',
  fileCount: 3,
  tags: known(['keep']),
  requests: known([{ by: 'Bea', mediaUser: 'bea', at: new Date('2025-01-01') }]),
});
const march = new Date('2026-03-01T00:00:00Z');
const may = new Date('2026-05-01T20:00:00Z');

const aFile = (externalId: number) => ({
  externalId,
  seasonNumber: 1,
  path: `/tv/Alma/${externalId}.mkv`,
  sizeBytes: 700,
  addedAt: march,
});
const anEpisode = (episodeNumber: number, over: Partial<FiledEpisode> = {}): FiledEpisode => ({
  seasonNumber: 1,
  episodeNumber,
  airedAt: march,
  fileId: episodeNumber,
  monitored: true,
  lastImportAt: null,
  ...over,
});
const key = (id: string): MediaKey => `jellyf01:${id}`;
const anEntry = (episodeNumber: number | null, over: Partial<ShowPart> = {}): ShowPart => ({
  key: key(`e${String(episodeNumber)}`),
  kind: 'episode',
  seasonNumber: 1,
  episodeNumber,
  ...over,
});
type Marked = Partial<Mark> & { on: string };
const there = (over: Partial<ShowThere> & { marks?: readonly Marked[] } = {}) =>
  known<ShowThere>({
    keys: [key('show')],
    parts: [anEntry(1), anEntry(2), anEntry(3)],
    marksOn: byKey((over.marks ?? []).map(({ on, ...mark }) => ({ ...aMark(mark), key: key(on) }))),
    playing: new Set(),
    ...over,
  });
const itemsOf = (given: Partial<Parameters<typeof episodeItems>[0]> = {}) =>
  episodeItems({
    show,
    files: [aFile(1), aFile(2)],
    episodes: [anEpisode(1), anEpisode(2)],
    there: there(),
    ...given,
  }).map(({ item }) => item);

test('an episode file is an item with what it inherits from its show', () => {
  expect(itemsOf()[1]).toMatchObject({
    id: `${show.id}-f2`,
    kind: 'episode',
    showId: show.id,
    seasonNumber: 1,
    title: 'Alma',
    path: '/tv/Alma/2.mkv',
    fileCount: 1,
    sizeBytes: known(700),
    tags: show.tags,
    requests: show.requests,
    diskId: show.diskId,
    rating: show.rating,
    episodes: [{ seasonNumber: 1, episodeNumber: 2, airedAt: march }],
    watch: known({ lastWatchedAt: null, watchers: [] }),
  });
});

test('a file of two episodes is one item, finished by whoever saw both (T-05)', () => {
  const episodes = [anEpisode(2, { fileId: 1 }), anEpisode(1)];
  const played = { played: true, lastPlayedAt: may };
  const marks = [
    { on: 'e1', user: 'ana', ...played },
    { on: 'e2', user: 'ana', ...played },
    { on: 'e2', user: 'bea', ...played },
    { on: 'e3', user: 'cai', ...played },
  ];
  const items = itemsOf({ files: [aFile(1)], episodes, there: there({ marks }) });
  expect(items).toHaveLength(1);
  expect(items[0]?.episodes.map((episode) => episode.episodeNumber)).toEqual([1, 2]);
  expect(items[0]?.watch).toEqual(
    known({
      lastWatchedAt: may,
      watchers: [
        { user: 'ana', lastWatchedAt: may, finished: true, halfWay: false },
        { user: 'bea', lastWatchedAt: may, finished: false, halfWay: true },
      ],
    }),
  );
});

test('the media server may have the two episodes of a file as one entry (T-05)', () => {
  const parts = [anEntry(1, { lastEpisodeNumber: 2 })];
  const marks = [{ on: 'e1', user: 'ana', played: true, lastPlayedAt: may }];
  const episodes = [anEpisode(1), anEpisode(2, { fileId: 1 })];
  const [item] = itemsOf({ files: [aFile(1)], episodes, there: there({ parts, marks }) });
  expect(item?.watch).toMatchObject({ value: { watchers: [{ user: 'ana', finished: true }] } });
});

test('half of a file that the media server does not have makes the file unknown (J-38)', () => {
  const episodes = [anEpisode(1), anEpisode(2, { fileId: 1 })];
  const [item] = itemsOf({ files: [aFile(1)], episodes, there: there({ parts: [anEntry(1)] }) });
  const why = unknown('not-in-media-server');
  expect(item).toMatchObject({ watch: why, favouriteOf: why, playingNow: why });
});

test('a show that no media server has makes its episodes unknown, with the reason', () => {
  const [item] = itemsOf({ there: unknown('unclear-in-media-server') });
  expect(item?.watch).toEqual(unknown('unclear-in-media-server'));
  expect(item?.playingNow).toEqual(unknown('unclear-in-media-server'));
});

test('a favourite on the episode, its season or its show protects it, and no other (T-32)', () => {
  const season = { kind: 'season', episodeNumber: null } as const;
  const parts = [
    anEntry(1),
    anEntry(2),
    anEntry(null, { ...season, key: key('s1') }),
    anEntry(null, { ...season, key: key('s2'), seasonNumber: 2 }),
  ];
  const favourite = { favourite: true };
  const marks = [
    { on: 'e1', user: 'ana', ...favourite },
    { on: 's1', user: 'bea', ...favourite },
    { on: 's2', user: 'dan', ...favourite },
    { on: 'show', user: 'cai', ...favourite },
  ];
  const items = itemsOf({ there: there({ parts, marks }) });
  expect(items.map((item) => item.favouriteOf)).toEqual([
    known(['ana', 'bea', 'cai']),
    known(['bea', 'cai']),
  ]);
});

test('who plays an episode plays its file; something without a number may be any of them (T-25)', () => {
  const playing = itemsOf({ there: there({ playing: new Set([key('e2')]) }) });
  expect(playing.map((item) => item.playingNow)).toEqual([known(false), known(true)]);
  const lost = anEntry(null, { key: key('lost') });
  const parts = [anEntry(1), anEntry(2), lost];
  const any = itemsOf({ there: there({ parts, playing: new Set([key('lost')]) }) });
  expect(any.map((item) => item.playingNow)).toEqual([known(true), known(true)]);
});

test('a second media server that has the show and not the episode has no say; one that may have it makes it unknown (C-01)', () => {
  const other = (id: string): MediaKey => `emby0001:${id}`;
  const theirs = anEntry(2, { key: other('e2') });
  const watch = (extra: ShowPart[]) =>
    itemsOf({ there: there({ parts: [anEntry(1), anEntry(2), ...extra] }) }).map((item) => item.watch.known);
  expect(watch([theirs])).toEqual([true, true]);
  const lost = { key: other('lost'), seasonNumber: null, episodeNumber: null };
  expect(watch([theirs, anEntry(9, lost)])).toEqual([false, true]);
  expect(watch([theirs, anEntry(9, { ...lost, seasonNumber: 2 })])).toEqual([true, true]);
  // It names the season, and has nothing in it.
  const emptySeason = anEntry(null, { key: other('s1'), kind: 'season' });
  expect(watch([emptySeason])).toEqual([false, false]);
});

test('one person at two media servers is one watcher (C-01)', () => {
  const marksOn = byKey([
    { ...aMark({ user: 'ana', played: true, lastPlayedAt: march }), key: key('e1') },
    { ...aMark({ user: 'Ana', played: true, lastPlayedAt: may }), key: 'emby0001:e1' },
  ]);
  const parts = [anEntry(1), anEntry(1, { key: 'emby0001:e1' }), anEntry(2)];
  const [item] = itemsOf({ there: there({ parts, marksOn }) });
  expect(item?.watch).toMatchObject({ value: { lastWatchedAt: may, watchers: [{ finished: true }] } });
});

test('a new download is as young as its newest import (J-74)', () => {
  const [item, other] = itemsOf({ episodes: [anEpisode(1, { lastImportAt: may }), anEpisode(2)] });
  expect(item?.oldestImportAt).toEqual(known(may));
  expect(item?.newestFileAt).toEqual(known(may));
  // The history does not tell of it: J-21.
  expect(other?.oldestImportAt).toEqual(known(null));
  expect(other?.newestFileAt).toEqual(known(march));
});

test('a file that no episode points to is no item, and a season may be a year (J-75)', () => {
  const daily = anEpisode(1, { seasonNumber: 2024 });
  const items = itemsOf({
    files: [{ ...aFile(1), seasonNumber: 2024 }, aFile(9)],
    episodes: [daily],
    there: there({ parts: [anEntry(1, { seasonNumber: 2024 })] }),
  });
  expect(items.map(({ id, seasonNumber }) => [id, seasonNumber])).toEqual([[`${show.id}-f1`, 2024]]);
  expect(items[0]?.watch.known).toBe(true);
});
