import { z } from 'zod';
import { instant } from '#server/platform/instant.ts';

/** A build without a release number tells a part of its commit. */
export const version = z.object({ currentVersion: z.string() });

export const servers = z.array(z.object({ id: z.number().int(), name: z.string().nullish() }));

const user = z.object({ id: z.string().nullish(), name: z.string().nullish() }).nullish();
const seconds = z.number().nullish();

/** `{ "error": "Server not found" }` comes with status 200, so the item has to be there. */
export const itemDetails = z.object({
  item: z.object({ id: z.string(), type: z.string() }),
  usersWatched: z.array(z.object({ user, totalWatchTime: seconds, lastWatched: instant.nullish() })),
  /** The newest fifty. */
  watchHistory: z.array(
    z.object({
      session: z.object({ itemId: z.string().nullish(), userName: z.string().nullish() }).nullish(),
      user,
      watchDate: instant.nullish(),
      watchDuration: seconds,
    }),
  ),
});
export type ItemDetails = z.infer<typeof itemDetails>;
