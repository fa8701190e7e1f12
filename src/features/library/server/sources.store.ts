import { asc, eq, notInArray, sql } from 'drizzle-orm';
import type { Db } from '#server/platform/db.ts';
import type { LibraryReader, SourceWriter } from './store.ports.ts';
import { libraryPlayQuestions, libraryPlayReads, libraryPlays } from './plays.tables.ts';
import {
  libraryEntries,
  libraryEpisodes,
  libraryFiles,
  libraryItems,
  libraryListReads,
  libraryMarks,
  libraryRequests,
  librarySources,
} from './tables.ts';

const owned = [
  libraryItems,
  libraryEpisodes,
  libraryFiles,
  libraryEntries,
  libraryMarks,
  libraryListReads,
  libraryRequests,
  libraryPlays,
  libraryPlayReads,
  libraryPlayQuestions,
  librarySources,
];

export function createSourceStore(
  db: Db,
): SourceWriter & Pick<LibraryReader, 'sources' | 'savePlaying' | 'distrust'> {
  return {
    sources: () =>
      db.select().from(librarySources).orderBy(asc(librarySources.kind), asc(librarySources.name)),

    async saveSource(row) {
      await db
        .insert(librarySources)
        .values(row)
        .onConflictDoUpdate({ target: librarySources.connectionId, set: row });
    },

    async keepOnly(connections) {
      const gone = await db
        .select({ id: librarySources.connectionId })
        .from(librarySources)
        .where(notInArray(librarySources.connectionId, [...connections]))
        .limit(1);
      if (gone.length === 0) return;
      for (const table of owned)
        await db.delete(table).where(notInArray(table.connectionId, [...connections]));
    },

    async refreshStatistics() {
      await db.execute(
        sql`analyze ${sql.join(
          owned.map((table) => sql`${table}`),
          sql`, `,
        )}`,
      );
    },

    async distrust(connectionId) {
      await db
        .update(librarySources)
        .set({ lastSuccessAt: null, playingReadAt: null, playing: [] })
        .where(eq(librarySources.connectionId, connectionId));
      // Another address may be another program: its plays are asked for from the beginning.
      await db.delete(libraryListReads).where(eq(libraryListReads.connectionId, connectionId));
      await db.delete(libraryPlayReads).where(eq(libraryPlayReads.connectionId, connectionId));
    },

    async savePlaying(connectionId, playing, at) {
      await db
        .update(librarySources)
        .set({ playing: [...playing], playingReadAt: at })
        .where(eq(librarySources.connectionId, connectionId));
    },
  };
}
