import { and, asc, eq, ne } from 'drizzle-orm';
import type { Db } from '#server/platform/db.ts';
import type { ChannelStore, StoredChannel } from './ports.ts';
import { notificationChannels as channels } from './tables.ts';

const toChannel = ({ createdAt: _, ...row }: typeof channels.$inferSelect): StoredChannel => ({
  ...row,
  hasSecret: row.sealedSecret !== null,
});

const toRow = ({ hasSecret: _, ...channel }: StoredChannel) => ({ ...channel, topics: [...channel.topics] });

export function createChannelStore(db: Db): ChannelStore {
  return {
    async list() {
      const rows = await db.select().from(channels).orderBy(asc(channels.createdAt), asc(channels.id));
      return rows.map(toChannel);
    },

    async find(id) {
      const [row] = await db.select().from(channels).where(eq(channels.id, id));
      return row ? toChannel(row) : null;
    },

    async add(channel) {
      const added = await db
        .insert(channels)
        .values(toRow(channel))
        .onConflictDoNothing()
        .returning({ id: channels.id });
      return added.length > 0;
    },

    change: (channel) =>
      db.transaction(async (tx) => {
        const sameName = and(eq(channels.name, channel.name), ne(channels.id, channel.id));
        const [other] = await tx.select({ id: channels.id }).from(channels).where(sameName);
        if (other) return 'name-taken';
        const changed = await tx
          .update(channels)
          .set(toRow(channel))
          .where(eq(channels.id, channel.id))
          .returning({ id: channels.id });
        return changed.length > 0 ? 'changed' : 'gone';
      }),

    async remove(id) {
      const gone = await db.delete(channels).where(eq(channels.id, id)).returning({ id: channels.id });
      return gone.length > 0;
    },
  };
}
