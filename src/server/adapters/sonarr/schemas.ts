import { z } from 'zod';
import { instant } from '#server/platform/instant.ts';
import { image, mediaFile } from '../servarr/schemas.ts';

const count = z.number().nonnegative().nullish();

export const season = z.object({
  seasonNumber: z.number().int().nonnegative(),
  monitored: z.boolean(),
  statistics: z
    .object({
      episodeFileCount: count,
      episodeCount: count,
      totalEpisodeCount: count,
      sizeOnDisk: count,
      previousAiring: z.string().nullish(),
    })
    .nullish(),
});
export type Season = z.infer<typeof season>;

/** Only the fields we use. Sonarr leaves out what is null. */
export const series = z.object({
  id: z.number().int().positive(),
  title: z.string(),
  path: z.string().min(1),
  monitored: z.boolean(),
  seasons: z.array(season).nullish(),
  sortTitle: z.string().nullish(),
  year: z.number().int().nullish(),
  overview: z.string().nullish(),
  rootFolderPath: z.string().nullish(),
  monitorNewItems: z.string().nullish(),
  seasonFolder: z.boolean().nullish(),
  status: z.string().nullish(),
  qualityProfileId: z.number().int().nullish(),
  tags: z.array(z.number().int()).nullish(),
  tvdbId: z.number().int().nullish(),
  tmdbId: z.number().int().nullish(),
  imdbId: z.string().nullish(),
  added: instant.nullish(),
  genres: z.array(z.string()).nullish(),
  ratings: z.object({ votes: z.number().nullish(), value: z.number().nullish() }).nullish(),
  runtime: z.number().nullish(),
  images: z.array(image).nullish(),
  seriesType: z.string().nullish(),
});
export type Series = z.infer<typeof series>;

/** Everything that Sonarr sent, to be sent back with one thing changed: a PUT replaces the whole (T-04). */
export const wholeSeries = z.looseObject({
  id: z.number().int().positive(),
  seasons: z.array(z.looseObject({ seasonNumber: z.number().int(), monitored: z.boolean() })),
});

export const episode = z.object({
  id: z.number().int().positive(),
  seriesId: z.number().int(),
  seasonNumber: z.number().int().nonnegative(),
  episodeNumber: z.number().int(),
  title: z.string().nullish(),
  airDateUtc: instant.nullish(),
  monitored: z.boolean(),
  episodeFileId: z.number().int().nullish(),
});
export type Episode = z.infer<typeof episode>;

export const episodeFile = mediaFile.extend({
  seriesId: z.number().int(),
  seasonNumber: z.number().int().nonnegative(),
});
export type EpisodeFile = z.infer<typeof episodeFile>;

export const historyRecord = z.object({
  seriesId: z.number().int().positive(),
  episodeId: z.number().int().nullish(),
  eventType: z.string(),
  date: instant,
  episode: z.object({ seasonNumber: z.number().int() }).nullish(),
});
export type HistoryRecord = z.infer<typeof historyRecord>;

/** A show that Sonarr does not have, as its database in the sky tells it. */
export const foundSeries = z.object({
  title: z.string().min(1),
  titleSlug: z.string().nullish(),
  year: z.number().int().nullish(),
  tvdbId: z.number().int().positive(),
});

export const exclusion = z.object({ id: z.number().int(), tvdbId: z.number().int().nullish() });
