import { and, eq, getTableColumns, getTableName, sql } from 'drizzle-orm';
import type { Transaction } from '#server/platform/db.ts';
import type { MarkReadWriter } from './store.ports.ts';
import { libraryMarkReads, libraryMarks } from './tables.ts';

const names = sql.raw(
  Object.values(getTableColumns(libraryMarks))
    .map(({ name }) => `"${name}"`)
    .join(', '),
);
const stage = sql.identifier(`stage_${getTableName(libraryMarks)}`);

export const createMarkReadWriter = (tx: Transaction): MarkReadWriter => ({
  markReads: (connectionId) =>
    tx
      .select({
        userExternalId: libraryMarkReads.userExternalId,
        userName: libraryMarkReads.userName,
        digests: libraryMarkReads.digests,
      })
      .from(libraryMarkReads)
      .where(eq(libraryMarkReads.connectionId, connectionId)),

  async saveMarkReads(connectionId, reads) {
    await tx.delete(libraryMarkReads).where(eq(libraryMarkReads.connectionId, connectionId));
    if (reads.length === 0) return;
    await tx.insert(libraryMarkReads).values(reads.map((read) => ({ connectionId, ...read })));
  },

  async stageStoredMarks(connectionId, userExternalId) {
    const own = and(
      eq(libraryMarks.connectionId, connectionId),
      eq(libraryMarks.userExternalId, userExternalId),
    );
    const staged = await tx.execute(
      sql`insert into ${stage} (${names}) select ${names} from ${libraryMarks} where ${own} on conflict do nothing`,
    );
    return staged.rowCount ?? 0;
  },
});
