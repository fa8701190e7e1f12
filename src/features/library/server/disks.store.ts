import { asc, gte, sql } from 'drizzle-orm';
import { known, unknown, type Fact } from '#core/fact.ts';
import type { Db, Transaction } from '#server/platform/db.ts';
import type { GroupedDisk } from '../core/disks.ts';
import type { LibraryReader, LinkWriter } from './store.ports.ts';
import { libraryDiskReadings, libraryDisks, libraryItems } from './tables.ts';

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

const HOUR = sql`interval '1 hour'`;

export const createDiskWriter = (
  tx: Transaction,
): Pick<LinkWriter, 'disks' | 'writeDisks' | 'rootFolders'> => ({
  disks: () => readDisks(tx),

  async writeDisks(disks, at) {
    await tx.delete(libraryDisks);
    if (disks.length === 0) return;
    await tx.insert(libraryDisks).values(
      disks.map(({ id, path, totalBytes, freeBytes, measuredBy, folders }) => ({
        id,
        path,
        totalBytes: totalBytes.known ? totalBytes.value : null,
        totalWhy: totalBytes.known ? null : totalBytes.why,
        freeBytes: freeBytes.known ? freeBytes.value : null,
        freeWhy: freeBytes.known ? null : freeBytes.why,
        measuredBy,
        folders: [...folders],
        readAt: at,
      })),
    );
    await tx.execute(sql`
      insert into ${libraryDiskReadings} (disk_id, at, total_bytes, free_bytes)
      select d.id, d.read_at, d.total_bytes, d.free_bytes from ${libraryDisks} d
      where d.total_bytes is not null and d.free_bytes is not null and not exists (
        select from ${libraryDiskReadings} r where r.disk_id = d.id and r.at > d.read_at - ${HOUR})`);
  },

  async rootFolders() {
    return tx
      .selectDistinct({ connectionId: libraryItems.connectionId, path: libraryItems.rootFolder })
      .from(libraryItems);
  },
});
