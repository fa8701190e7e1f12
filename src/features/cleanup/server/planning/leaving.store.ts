import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { ItemId } from '#core/ids.ts';
import { episodeOf, seasonId } from '#features/library/core/item.ts';
import { libraryEpisodes, libraryFiles, libraryItems } from '#features/library/server/index.ts';
import type { Db } from '#server/platform/db.ts';
import type { EpisodePlace } from '../../core/removal/title-settings.ts';
import { readExcluded } from '../keeping/exclusions.store.ts';
import type { Leaving } from './planning.ports.ts';
import { cleanupExclusions, cleanupPolicies, cleanupVerdicts } from './planning.tables.ts';

/** What the last plans announced, soonest first, without what was kept by hand since. */
export async function readLeaving(db: Db, now: Date): Promise<Leaving[]> {
  const [titles, episodes] = await Promise.all([leavingTitles(db, now), leavingEpisodes(db, now)]);
  if (episodes.length === 0) return titles;
  return [...titles, ...episodes].sort(
    (a, b) => a.dueAt.getTime() - b.dueAt.getTime() || a.title.localeCompare(b.title) || byPlace(a, b),
  );
}

const byPlace = (a: Leaving, b: Leaving): number => placeOf(a) - placeOf(b) || (a.itemId < b.itemId ? -1 : 1);

/** A number that grows with season and episode. */
const placeOf = ({ seasonNumber, episodes: [first] }: Leaving): number =>
  (first?.seasonNumber ?? seasonNumber ?? 0) * 100_000 + (first?.episodeNumber ?? 0);

const leaves = inArray(cleanupVerdicts.standing, ['leaving-soon', 'due']);
const ofPolicy = and(eq(cleanupPolicies.id, cleanupVerdicts.policyId), cleanupPolicies.enabled);
const ofVerdict = {
  dueAt: cleanupVerdicts.dueAt,
  policyId: cleanupPolicies.id,
  policyName: cleanupPolicies.name,
  armed: cleanupPolicies.armed,
};
const ofItem = { title: libraryItems.title, year: libraryItems.year, requestedBy: libraryItems.requestedBy };

async function leavingTitles(db: Db, now: Date): Promise<Leaving[]> {
  const { id: itemId, kind, seasonNumber, sizeBytes } = libraryItems;
  const rows = await db
    .select({ itemId, kind, seasonNumber, sizeBytes, ...ofItem, ...ofVerdict })
    .from(cleanupVerdicts)
    .innerJoin(cleanupPolicies, ofPolicy)
    .innerJoin(libraryItems, eq(libraryItems.id, cleanupVerdicts.itemId))
    .where(leaves)
    .orderBy(cleanupVerdicts.dueAt, libraryItems.sortTitle, libraryItems.seasonNumber, libraryItems.id);
  const excluded = await readExcluded(db, now);
  return rows.flatMap(({ dueAt, ...row }) =>
    dueAt && !excluded.has(row.itemId) ? [{ ...row, episodes: [], dueAt }] : [],
  );
}

/** They are no items of the library: their show speaks for the title, their file for the rest. */
async function leavingEpisodes(db: Db, now: Date): Promise<Leaving[]> {
  const fileId = sql`${libraryFiles.titleId} || '-f' || ${libraryFiles.externalId}`;
  const rows = await db
    .select({
      itemId: cleanupVerdicts.itemId,
      seasonNumber: libraryFiles.seasonNumber,
      sizeBytes: libraryFiles.sizeBytes,
      ...ofItem,
      ...ofVerdict,
    })
    .from(cleanupVerdicts)
    .innerJoin(cleanupPolicies, ofPolicy)
    .innerJoin(libraryItems, sql`${libraryItems.id} = split_part(${cleanupVerdicts.itemId}, '-f', 1)`)
    .innerJoin(
      libraryFiles,
      and(eq(libraryFiles.titleId, libraryItems.id), eq(cleanupVerdicts.itemId, fileId)),
    )
    .where(and(leaves, eq(cleanupPolicies.unit, 'episode')));
  if (rows.length === 0) return [];
  const ids = rows.map(({ itemId }) => itemId);
  const [placesOf, kept] = await Promise.all([readPlaces(db, ids), readKept(db, now)]);
  return rows.flatMap(({ dueAt, ...row }) => {
    const leaving = { ...row, kind: 'episode', episodes: placesOf(row.itemId) } as const;
    return dueAt && !isKept(leaving, kept) ? [{ ...leaving, dueAt }] : [];
  });
}

async function readPlaces(db: Db, ids: readonly ItemId[]) {
  const shows = new Set(ids.flatMap((id) => episodeOf(id)?.showId ?? []));
  const rows = await db
    .select({
      titleId: libraryEpisodes.titleId,
      fileId: libraryEpisodes.fileId,
      seasonNumber: libraryEpisodes.seasonNumber,
      episodeNumber: libraryEpisodes.episodeNumber,
    })
    .from(libraryEpisodes)
    .where(inArray(libraryEpisodes.titleId, [...shows]))
    .orderBy(asc(libraryEpisodes.seasonNumber), asc(libraryEpisodes.episodeNumber));
  const byFile = Map.groupBy(rows, ({ titleId, fileId }) => `${titleId}-f${fileId ?? 0}`);
  return (id: ItemId): EpisodePlace[] =>
    (byFile.get(id) ?? []).map(({ seasonNumber, episodeNumber }) => ({ seasonNumber, episodeNumber }));
}

async function readKept(db: Db, now: Date): Promise<ReadonlySet<ItemId>> {
  const rows = await db
    .select({ id: cleanupExclusions.itemId })
    .from(cleanupExclusions)
    .where(
      sql`${cleanupExclusions.until} is null or ${cleanupExclusions.until} > ${now.toISOString()}::timestamptz`,
    );
  return new Set(rows.map(({ id }) => id));
}

/** By hand: itself, its show, or a season that it stands in. */
function isKept(
  { itemId, seasonNumber, episodes }: Omit<Leaving, 'dueAt'>,
  kept: ReadonlySet<ItemId>,
): boolean {
  const show = episodeOf(itemId)?.showId;
  if (show === undefined) return true; // not an episode: nobody can say what it is
  const seasons = [seasonNumber ?? 0, ...episodes.map((episode) => episode.seasonNumber)];
  return [itemId, show, ...seasons.map((number) => seasonId(show, number))].some((id) => kept.has(id));
}
