import { isNotNull } from 'drizzle-orm';
import type { Db } from '#server/platform/db.ts';
import { libraryRequests } from './tables.ts';

/** Under which names the request server and the media server know the same person, as far as somebody asked for something. */
export const createRequesterNames = (db: Db) => async (): Promise<{ by: string; mediaUser: string }[]> => {
  const rows = await db
    .selectDistinct({ by: libraryRequests.requestedBy, mediaUser: libraryRequests.mediaUser })
    .from(libraryRequests)
    .where(isNotNull(libraryRequests.mediaUser));
  return rows.flatMap(({ by, mediaUser }) => (mediaUser === null ? [] : [{ by, mediaUser }]));
};
