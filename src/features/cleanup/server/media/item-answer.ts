import { z } from '@hono/zod-openapi';
import type { Fact } from '#core/fact.ts';
import { creditParts } from '#features/library/core/credits.ts';
import { itemKinds, type Item } from '#features/library/core/item.ts';
import type { ItemDetails, SourceRow } from '#features/library/server/index.ts';
import type { Exclusion } from '../../core/judging/verdict.ts';
import { mediaStatuses, type MediaStatus } from '../planning/planning.ports.ts';

const moment = z.iso.datetime();
const amount = z.number().int();
const atOrNull = (date: Date | null): string | null => date?.toISOString() ?? null;

/** A value somebody else told, or why nobody could say. */
const fact = <T extends z.ZodType>(value: T) =>
  z.object({ known: z.boolean(), value: value.nullable(), why: z.string().nullable() });
const told = <T, U>(
  given: Fact<T>,
  as: (value: T) => U,
): { known: boolean; value: U | null; why: string | null } =>
  given.known
    ? { known: true, value: as(given.value), why: null }
    : { known: false, value: null, why: given.why };

const watcher = z.object({
  user: z.string(),
  lastWatchedAt: moment.nullable(),
  finished: z.boolean(),
  halfWay: z.boolean(),
  /** The play source that knows of the last time; left out when the media server itself does. */
  toldBy: z.string().optional(),
});

const evidence = {
  id: z.string(),
  kind: z.enum(itemKinds),
  connectionId: z.string(),
  showId: z.string().nullable(),
  seasonNumber: amount.nullable(),
  title: z.string(),
  year: amount.nullable(),
  path: z.string(),
  diskId: z.string().nullable(),
  monitored: z.boolean(),
  continuing: z.boolean(),
  addedAt: moment,
  fileCount: amount,
  tags: fact(z.array(z.string())),
  sizeBytes: fact(amount),
  newestFileAt: fact(moment),
  oldestImportAt: fact(moment),
  watch: fact(z.object({ lastWatchedAt: moment.nullable(), watchers: z.array(watcher) })),
  favouriteOf: fact(z.array(z.string())),
  playingNow: fact(z.boolean()),
};

export const itemSchema = z
  .object({
    ...evidence,
    status: z.enum(mediaStatuses),
    dueAt: moment.nullable(),
    exclusions: z.array(
      z.object({
        itemId: z.string(),
        until: moment.nullable(),
        note: z.string().nullable(),
        byName: z.string(),
        at: moment,
      }),
    ),
    /** Where it is another one. */
    originalTitle: z.string().nullable(),
    overview: z.string().nullable(),
    /** Who made the film or show and who plays in it, as a media server told; of a season and an episode those of its show. */
    credits: fact(
      z.array(z.object({ name: z.string(), part: z.enum(creditParts), role: z.string().nullable() })),
    ),
    genres: z.array(z.string()),
    rating: z.number().nullable(),
    runtimeMinutes: amount.nullable(),
    serviceStatus: z.string(),
    qualityProfile: z.string().nullable(),
    ids: z.object({ tmdb: amount.nullable(), tvdb: amount.nullable(), imdb: z.string().nullable() }),
    matchedBy: z.enum(['path', 'ids']).nullable(),
    files: z.array(
      z.object({
        path: z.string(),
        sizeBytes: amount,
        addedAt: moment,
        quality: z.string().nullable(),
        seasonNumber: amount.nullable(),
      }),
    ),
    requests: z.array(z.object({ requestedBy: z.string(), requestedAt: moment, is4k: z.boolean() })),
    seasons: z.array(z.object(evidence)),
    /** How old the word of each service is. */
    sources: z.array(
      z.object({
        connectionId: z.string(),
        kind: z.string(),
        name: z.string(),
        lastSuccessAt: moment.nullable(),
        problem: z.string().nullable(),
      }),
    ),
  })
  .openapi('Item');

export function itemAnswer(
  details: ItemDetails & { sources: SourceRow[] },
  { status, dueAt }: { status: MediaStatus; dueAt: Date | null },
  exclusions: readonly Exclusion[],
) {
  return {
    ...evidenceAnswer(details.item),
    status,
    dueAt: atOrNull(status === 'excluded' ? null : dueAt),
    exclusions: exclusions.map(({ itemId, until, note, byName, at }) => ({
      itemId,
      until: atOrNull(until),
      note,
      byName,
      at: at.toISOString(),
    })),
    originalTitle: details.originalTitle,
    overview: details.overview,
    credits: told(details.credits, (all) => all.map(({ name, part, role }) => ({ name, part, role }))),
    genres: [...details.genres],
    rating: details.rating,
    runtimeMinutes: details.runtimeMinutes,
    serviceStatus: details.status,
    qualityProfile: details.qualityProfile,
    ids: details.ids,
    matchedBy: details.matchedBy,
    files: details.files.map(({ path, sizeBytes, addedAt, quality, seasonNumber }) => ({
      path,
      sizeBytes,
      addedAt: addedAt.toISOString(),
      quality,
      seasonNumber,
    })),
    requests: details.requests.map(({ requestedBy, requestedAt, is4k }) => ({
      requestedBy,
      requestedAt: requestedAt.toISOString(),
      is4k,
    })),
    seasons: details.seasons.map(evidenceAnswer),
    sources: details.sources.map(({ connectionId, kind, name, lastSuccessAt, problem }) => ({
      connectionId,
      kind,
      name,
      lastSuccessAt: atOrNull(lastSuccessAt),
      problem: problem?.code ?? null,
    })),
  };
}

/** Named one by one: the row that it is made from has more than the API promises. */
function evidenceAnswer(item: Item) {
  const { tags, sizeBytes, newestFileAt, oldestImportAt, watch, favouriteOf, playingNow } = item;
  return {
    id: item.id,
    kind: item.kind,
    connectionId: item.connectionId,
    showId: item.showId,
    seasonNumber: item.seasonNumber,
    title: item.title,
    year: item.year,
    path: item.path,
    diskId: item.diskId,
    monitored: item.monitored,
    continuing: item.continuing,
    addedAt: item.addedAt.toISOString(),
    fileCount: item.fileCount,
    tags: told(tags, (value) => [...value]),
    sizeBytes: told(sizeBytes, (value) => value),
    newestFileAt: told(newestFileAt, atOrNull),
    oldestImportAt: told(oldestImportAt, atOrNull),
    watch: told(watch, ({ lastWatchedAt, watchers }) => ({
      lastWatchedAt: atOrNull(lastWatchedAt),
      watchers: watchers.map((one) => ({ ...one, lastWatchedAt: atOrNull(one.lastWatchedAt) })),
    })),
    favouriteOf: told(favouriteOf, (value) => [...value]),
    playingNow: told(playingNow, (value) => value),
  };
}
