import { z } from 'zod';
import { instant } from '#server/platform/instant.ts';

/** `state` 2 is ready; Jellystat before 1.1 does not tell its version. */
export const configured = z.object({
  state: z.number().int(),
  version: z.string().nullish(),
});

/** Jellystat turns text that looks like a number into one: an all-digit id, and "1917", the film. */
const text = z.union([z.string(), z.number().transform(String)]).nullish();
/** A number too large to be exact was another id before. */
const id = z
  .union([z.string(), z.number().transform((value) => (Number.isSafeInteger(value) ? String(value) : null))])
  .nullish();
const seconds = z
  .union([z.number(), z.string().transform(Number)])
  .pipe(z.number())
  .nullish();

/** One row of the history. Of an episode, `NowPlayingItemId` is the show. */
export const activity = z.object({
  UserId: text,
  UserName: text,
  NowPlayingItemId: id,
  EpisodeId: id,
  SeriesName: text,
  PlaybackDuration: seconds,
  ActivityDateInserted: instant,
});
export type Activity = z.infer<typeof activity>;

/** Before 1.1.7 every row in one list; since then a page. `pages` is null where nothing was asked for. */
export const activityPage = z.union([
  z.array(activity).transform((results) => ({ results, pages: 1 })),
  z.object({ results: z.array(activity), pages: z.number().int().nullish() }),
]);

export const libraries = z.array(z.object({ Id: id }));
