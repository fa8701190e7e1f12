import { asc, gte } from 'drizzle-orm';
import { known, unknown, type Fact } from '#core/fact.ts';
import type { Db } from '#server/platform/db.ts';
import type { GroupedDisk } from '../core/disks.ts';
import type { LibraryReader } from './store.ports.ts';
import { libraryDiskReadings, libraryDisks } from './tables.ts';

const factOf = (value: number | null, why: string | null): Fact<number> =>
  value === null ? unknown(why ?? 'not-told') : known(value);

export async function readDisks(db: Db): Promise<(GroupedDisk & { readAt: Date })[]> {
  const rows = await db.select().from(libraryDisks).orderBy(asc(libraryDisks.path), asc(libraryDisks.id));
  return rows.map((row) => ({
    id: row.id,
    path: row.path,
    totalBytes: factOf(row.totalBytes, row.totalWhy),
    freeBytes: factOf(row.freeBytes, row.freeWhy),
    measuredBy: row.measuredBy,
    rootFolders: [...new Set(row.folders.map((folder) => folder.path))],
    folders: row.folders,
    readAt: row.readAt,
  }));
}

export const createDiskReader = (db: Db): Pick<LibraryReader, 'disks' | 'diskReadings'> => ({
  disks: () => readDisks(db),
  diskReadings: (since) =>
    db
      .select()
      .from(libraryDiskReadings)
      .where(gte(libraryDiskReadings.at, since))
      .orderBy(asc(libraryDiskReadings.at)),
});
