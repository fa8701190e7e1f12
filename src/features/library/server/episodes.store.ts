import { and, asc, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import { known, unknown } from '#core/fact.ts';
import type { ItemId } from '#core/ids.ts';
import type { Db } from '#server/platform/db.ts';
import { byKey } from '../core/by-key.ts';
import { episodeItems, type EpisodeItem, type FiledEpisode } from '../core/episode-item.ts';
import { episodeOf } from '../core/item.ts';
import { mediaKey, UNCLEAR } from '../core/match.ts';
import { mapPath } from '../core/paths.ts';
import { createEvidenceReader } from './evidence.store.ts';
import { readEpisodePlays } from './episode-plays.store.ts';
import { itemColumns, toItem, watchersFrom } from './item-rows.ts';
import type { EpisodeReader, LibraryReader, ShowChoice } from './store.ports.ts';
import { libraryEpisodes, libraryFiles, libraryItems, librarySources } from './tables.ts';

/** With the episodes, entries and marks of so many shows in hand, a batch is a few megabytes. */
const SHOWS_AT_A_TIME = 25;

const columns = {
  ...itemColumns,
  mediaIds: libraryItems.mediaIds,
  tvdbId: libraryItems.tvdbId,
  tmdbId: libraryItems.tmdbId,
  imdbId: libraryItems.imdbId,
};

export function createEpisodeReader(db: Db, items: Pick<LibraryReader, 'findItem'>): EpisodeReader {
  return {
    async *episodeItems(choice) {
      const shows = await idsOf(db, choice);
      const playing = await playingKeys(db);
      for (let from = 0; from < shows.length; from += SHOWS_AT_A_TIME) {
        const made = await itemsOf(db, shows.slice(from, from + SHOWS_AT_A_TIME), playing);
        if (made.length > 0) yield made.map(({ item }) => item);
      }
    },

    async findEpisode({ showId, fileExternalId }) {
      const show = await items.findItem(showId);
      const made = await itemsOf(db, [showId], await playingKeys(db));
      const found = made.find((one) => one.fileExternalId === fileExternalId);
      if (!show || !found) return null;
      return {
        ...show,
        item: found.item,
        ownPath: mapPath(found.item.path, [{ theirs: show.item.path, ours: show.ownPath }]),
        mediaIds: found.mediaIds,
        episodes: show.episodes.filter((episode) => episode.fileId === fileExternalId),
        files: show.files.filter((file) => file.externalId === fileExternalId),
        seasons: [],
      };
    },

    async showStates(shows, now) {
      const isAired = sql`${libraryEpisodes.airedAt} <= ${now.toISOString()}::timestamptz`;
      const rows = await db
        .select({
          key: libraryEpisodes.titleId,
          number: libraryEpisodes.seasonNumber,
          airedCount: sql<number>`(count(*) filter (where ${isAired}))::int`,
          totalCount: sql<number>`count(*)::int`,
          filedCount: sql<number>`count(${libraryEpisodes.fileId})::int`,
          lastAiredAt: sql`max(${libraryEpisodes.airedAt}) filter (where ${isAired})`.mapWith(
            libraryEpisodes.airedAt,
          ),
        })
        .from(libraryEpisodes)
        .where(inArray(libraryEpisodes.titleId, [...shows]))
        .groupBy(libraryEpisodes.titleId, libraryEpisodes.seasonNumber)
        .orderBy(asc(libraryEpisodes.titleId), asc(libraryEpisodes.seasonNumber));
      const seasonsOf = byKey(rows);
      return new Map(shows.map((id) => [id, seasonsOf(id).map(({ key: _, ...season }) => season)]));
    },
  };
}

async function idsOf(db: Db, choice: ShowChoice): Promise<ItemId[]> {
  const isChosen =
    'tags' in choice
      ? sql`${libraryItems.tags} && ${sql.param([...choice.tags])}::text[]`
      : inArray(libraryItems.id, [...choice]);
  const rows = await db
    .select({ id: libraryItems.id })
    .from(libraryItems)
    .where(and(eq(libraryItems.kind, 'show'), isChosen))
    .orderBy(asc(libraryItems.id));
  return rows.map(({ id }) => id);
}

async function playingKeys(db: Db): Promise<Set<string>> {
  const rows = await db
    .select({ id: librarySources.connectionId, playing: librarySources.playing })
    .from(librarySources);
  return new Set(rows.flatMap(({ id, playing }) => playing.map((media) => mediaKey(id, media))));
}

async function itemsOf(db: Db, ids: readonly ItemId[], playing: ReadonlySet<string>): Promise<EpisodeItem[]> {
  const evidence = createEvidenceReader(db);
  const shows = await db
    .select(columns)
    .from(libraryItems)
    .where(inArray(libraryItems.id, [...ids]))
    .orderBy(asc(libraryItems.id));
  const [files, episodes, parts, playsOf, watchersOf] = await Promise.all([
    filesOf(db, ids),
    filedEpisodesOf(db, ids),
    evidence.partsOf(shows.flatMap((show) => show.mediaIds)),
    readEpisodePlays(db, shows),
    seasonWatchers(db, ids),
  ]);
  const keys = [...shows.flatMap((show) => show.mediaIds), ...parts.map((part) => part.key)];
  const marksOn = byKey(await evidence.marksOn(keys));
  const partsBelow = byKey(parts.map((part) => ({ part, key: part.showKey })));

  return shows.flatMap(({ mediaIds, tvdbId, tmdbId, imdbId, ...row }) => {
    const below = mediaIds.flatMap((key) => partsBelow(key).map(({ part }) => part));
    return episodeItems({
      show: toItem(row, new Set()),
      files: files(row.id),
      episodes: episodes(row.id),
      there:
        // What one media server says of an episode is not enough where another may have the show elsewhere (C-01).
        mediaIds.length === 0 || row.watchWhy === UNCLEAR
          ? unknown(row.watchWhy ?? 'not-in-media-server')
          : known({ keys: mediaIds, parts: below, marksOn, playing }),
      plays: playsOf({ id: row.id, mediaIds, tvdbId, tmdbId, imdbId }),
      watchersOf: watchersOf(row.id),
    });
  });
}

/** As the sync stored them, with what the play sources told on top. */
async function seasonWatchers(db: Db, shows: readonly ItemId[]) {
  const rows = await db
    .select({ key: libraryItems.showId, number: libraryItems.seasonNumber, watchers: libraryItems.watchers })
    .from(libraryItems)
    .where(and(eq(libraryItems.kind, 'season'), inArray(libraryItems.showId, [...shows])));
  const seasonsOf = byKey(rows.flatMap(({ key, ...row }) => (key === null ? [] : [{ ...row, key }])));
  return (show: ItemId) => (seasonNumber: number) =>
    watchersFrom(seasonsOf(show).find(({ number }) => number === seasonNumber)?.watchers ?? []);
}

async function filesOf(db: Db, shows: readonly ItemId[]) {
  const rows = await db
    .select()
    .from(libraryFiles)
    .where(inArray(libraryFiles.titleId, [...shows]))
    .orderBy(asc(libraryFiles.seasonNumber), asc(libraryFiles.path));
  return byKey(rows.map((row) => ({ ...row, key: row.titleId })));
}

async function filedEpisodesOf(db: Db, shows: readonly ItemId[]) {
  const rows = await db
    .select()
    .from(libraryEpisodes)
    .where(and(inArray(libraryEpisodes.titleId, [...shows]), isNotNull(libraryEpisodes.fileId)));
  return byKey(
    rows.flatMap(({ fileId, ...row }): (FiledEpisode & { key: ItemId })[] =>
      fileId === null ? [] : [{ ...row, fileId, key: row.titleId }],
    ),
  );
}

/** The files of removed episode items; the seasons' numbers come with the next sync. */
export async function forgetEpisodeFiles(tx: Db, ids: readonly ItemId[]): Promise<void> {
  for (const { showId, fileExternalId } of ids.flatMap((id) => episodeOf(id) ?? [])) {
    await tx
      .delete(libraryFiles)
      .where(and(eq(libraryFiles.titleId, showId), eq(libraryFiles.externalId, fileExternalId)));
    await tx
      .update(libraryEpisodes)
      // Without the digest the next sync looks at the row again.
      .set({ fileId: null, digest: null })
      .where(and(eq(libraryEpisodes.titleId, showId), eq(libraryEpisodes.fileId, fileExternalId)));
  }
}
