import { err, ok, type Result } from '#core/result.ts';
import { mapPath } from '../../core/paths.ts';
import { checkShrink, checkSurvivors } from '../../core/shrink.ts';
import type { ReadProblem, SyncProblem } from '../../core/source.ts';
import { isStandIn, type StandIns } from '../../core/stand-ins.ts';
import type { MediaEntry, WatchServer } from '../ports.ts';
import type { ListRead, ListReadWriter, ShareRows } from '../store.ports.ts';
import type { ReadContext as CatalogueContext } from './catalogue.ts';
import type { From } from './catalogue-rows.ts';
import { counter, drain, guard } from './drain.ts';

export type ReadContext = CatalogueContext & { writer: ListReadWriter };

/** What of the entries is put aside now, and the digests of the answer. */
export type EntriesRead = { count: number; digests: string[] };

/** The name of this list among those that were read. */
export const ENTRIES = 'entries';

/** What a media server has. An answer that is still the one of before is not read again. */
export async function readEntries(
  server: WatchServer,
  context: ReadContext,
  before: ListRead | undefined,
): Promise<Result<EntriesRead, SyncProblem>> {
  const { writer, from } = context;
  const same = await areSame(server, context, before);
  if (!same.ok) return same;
  if (!same.value) return readAnew(server, context);
  writer.keepEntries();
  return ok({ count: await writer.had('entries', from.connectionId), digests: same.value.digests });
}

async function readAnew(
  server: WatchServer,
  context: ReadContext,
): Promise<Result<EntriesRead, SyncProblem>> {
  const { writer, from, report, standIns } = context;
  const entries = counter(report, 'media');
  const digests: string[] = [];
  let real = 0;
  const list = server.entries((digest) => void digests.push(digest));
  const read = await drain('items', list, async (batch) => {
    const rows = batch.map((entry) => entryRow(from, entry, standIns));
    await writer.stage('entries', rows);
    // Links come and go every week: a library that shows fewer of them has not shrunk.
    real += rows.filter(({ linked }) => !linked).length;
    await entries.add(batch.length);
  });
  if (!read.ok) return read;
  const shrunk = await shrinkProblem(context, real);
  return shrunk ? err(shrunk) : ok({ count: real, digests });
}

/** The read of before, when its answer is still the same; null when the entries have to be read. */
async function areSame(
  server: WatchServer,
  context: ReadContext,
  before: ListRead | undefined,
): Promise<Result<ListRead | null, ReadProblem>> {
  if (before?.seenAs !== (await seenAs(context))) return ok(null);
  const same = await guard('items', () => server.areEntriesSame(before.digests));
  if (!same.ok) return same;
  return ok(same.value ? before : null);
}

/** To be kept for the next sync, after the entries were merged. */
export const entriesAsRead = async (context: ReadContext, { digests }: EntriesRead): Promise<ListRead> => ({
  list: ENTRIES,
  seenAs: await seenAs(context),
  digests,
});

/** How many are left counts too: what a removal took with it comes back with an answer that still holds it. */
async function seenAs({ writer, from, standIns }: ReadContext): Promise<string> {
  const stored = await writer.had('entries', from.connectionId);
  return JSON.stringify([stored, from.pathMappings, standIns.roots]);
}

async function shrinkProblem(
  { writer, from, acceptShrink, allowedPercent }: ReadContext,
  has: number,
): Promise<SyncProblem | null> {
  if (acceptShrink) return null;
  const had = await writer.had('entries', from.connectionId);
  const survived = await writer.survivors('entries', from.connectionId);
  return checkShrink({ had, has, allowedPercent }) ?? checkSurvivors({ had, has: survived, allowedPercent });
}

const entryRow = (
  { connectionId, pathMappings }: From,
  entry: MediaEntry,
  standIns: StandIns,
): ShareRows['entries'] => ({
  connectionId,
  externalId: entry.externalId,
  kind: entry.kind,
  title: entry.title,
  // Seasons and episodes are found through their show: their paths would be half of the table.
  ownPath:
    entry.path !== null && (entry.kind === 'film' || entry.kind === 'show')
      ? mapPath(entry.path, pathMappings)
      : null,
  tmdbId: entry.ids.tmdb,
  tvdbId: entry.ids.tvdb,
  imdbId: entry.ids.imdb,
  showExternalId: entry.showExternalId,
  seasonNumber: entry.seasonNumber,
  episodeNumber: entry.episodeNumber,
  lastEpisodeNumber: entry.lastEpisodeNumber ?? null,
  linked: isStandIn(entry.path === null ? null : mapPath(entry.path, pathMappings), standIns),
});
