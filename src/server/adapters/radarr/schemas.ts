import { z } from 'zod';
import { instant } from '#server/platform/instant.ts';
import { image, mediaFile } from '../servarr/schemas.ts';

const rating = z.object({ votes: z.number().nullish(), value: z.number().nullish() }).nullish();

/** Only the fields we use. A new field in Radarr never breaks us; a missing one fails here, by name. */
export const movie = z.object({
  id: z.number().int().positive(),
  title: z.string(),
  path: z.string().min(1),
  monitored: z.boolean(),
  sortTitle: z.string().nullish(),
  originalTitle: z.string().nullish(),
  year: z.number().int().nullish(),
  overview: z.string().nullish(),
  rootFolderPath: z.string().nullish(),
  status: z.string().nullish(),
  qualityProfileId: z.number().int().nullish(),
  minimumAvailability: z.string().nullish(),
  tags: z.array(z.number().int()).nullish(),
  tmdbId: z.number().int().nullish(),
  imdbId: z.string().nullish(),
  added: instant.nullish(),
  genres: z.array(z.string()).nullish(),
  ratings: z.object({ imdb: rating, tmdb: rating }).nullish(),
  runtime: z.number().nullish(),
  images: z.array(image).nullish(),
  movieFileId: z.number().int().nullish(),
  hasFile: z.boolean().nullish(),
  movieFile: mediaFile.nullish(),
});
export type Movie = z.infer<typeof movie>;

export const movieFile = mediaFile.extend({ movieId: z.number().int() });
export type MovieFile = z.infer<typeof movieFile>;

/** A film as `PUT /movie/editor` gives it back. */
export const edited = z.object({ id: z.number().int(), monitored: z.boolean() });

export const historyRecord = z.object({
  movieId: z.number().int().positive(),
  eventType: z.string(),
  date: instant,
});
export type HistoryRecord = z.infer<typeof historyRecord>;

/** A film that Radarr does not have, as its database in the sky tells it. */
export const foundMovie = z.object({
  title: z.string().min(1),
  titleSlug: z.string().nullish(),
  year: z.number().int().nullish(),
  tmdbId: z.number().int().positive(),
});

export const exclusion = z.object({ id: z.number().int(), tmdbId: z.number().int().nullish() });
