import { asc, sql } from 'drizzle-orm';
import type { Db } from '#server/platform/db.ts';
import { mediaKey, type MediaKey } from '../core/match.ts';
import { spellingIn } from '../core/people.ts';
import type { EvidenceReader } from './store.ports.ts';
import { libraryEntries, libraryMarks, librarySources } from './tables.ts';

/** What the media servers have below a show, and what people did with it. */
export function createEvidenceReader(db: Db): EvidenceReader {
  return {
    async partsOf(shows) {
      const rows = await db
        .select({
          connectionId: libraryEntries.connectionId,
          externalId: libraryEntries.externalId,
          kind: libraryEntries.kind,
          showExternalId: libraryEntries.showExternalId,
          seasonNumber: libraryEntries.seasonNumber,
          episodeNumber: libraryEntries.episodeNumber,
          lastEpisodeNumber: libraryEntries.lastEpisodeNumber,
        })
        .from(libraryEntries)
        .where(sql`(${libraryEntries.connectionId}, ${libraryEntries.showExternalId}) in (${pairs(shows)})`)
        .orderBy(asc(libraryEntries.connectionId), asc(libraryEntries.externalId));
      return rows.flatMap((row) =>
        (row.kind === 'season' || row.kind === 'episode') && row.showExternalId !== null
          ? [
              {
                key: mediaKey(row.connectionId, row.externalId),
                showKey: mediaKey(row.connectionId, row.showExternalId),
                kind: row.kind,
                seasonNumber: row.seasonNumber,
                episodeNumber: row.episodeNumber,
                lastEpisodeNumber: row.lastEpisodeNumber,
              },
            ]
          : [],
      );
    },

    async marksOn(keys) {
      const rows = await db
        .select({
          connectionId: libraryMarks.connectionId,
          mediaExternalId: libraryMarks.mediaExternalId,
          userName: libraryMarks.userName,
          played: libraryMarks.played,
          playCount: libraryMarks.playCount,
          lastPlayedAt: libraryMarks.lastPlayedAt,
          favourite: libraryMarks.favourite,
          positionPercent: libraryMarks.positionPercent,
        })
        .from(libraryMarks)
        .where(sql`(${libraryMarks.connectionId}, ${libraryMarks.mediaExternalId}) in (${pairs(keys)})`);
      const spelling = spellingIn(
        (await db.select({ users: librarySources.users }).from(librarySources)).map(({ users }) => users),
      );
      return rows.map(({ connectionId, mediaExternalId, userName, ...mark }) => ({
        ...mark,
        key: mediaKey(connectionId, mediaExternalId),
        user: spelling(userName),
      }));
    },
  };
}

/** `(connection, id)` pairs as a subquery with two parameters, however many there are. */
function pairs(keys: readonly MediaKey[]) {
  const parts = keys.map((key) => [key.slice(0, key.indexOf(':')), key.slice(key.indexOf(':') + 1)] as const);
  const connections = sql.param(parts.map(([connection]) => connection));
  const ids = sql.param(parts.map(([, id]) => id));
  return sql`select * from unnest(${connections}::text[], ${ids}::text[])`;
}
