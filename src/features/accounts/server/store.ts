import { and, asc, desc, eq, notLike } from 'drizzle-orm';
import type { UserId } from '#core/ids.ts';
import type { Db } from '#server/platform/db.ts';
import { isRole, type Person } from '../core/person.ts';
import type { AccountStore } from './ports.ts';
import { apiKeys, setup, users } from './tables.ts';

const THE_ONLY_ROW = 1;

const toPerson = (row: typeof users.$inferSelect): Person => ({
  id: row.id as UserId,
  name: row.name,
  username: row.username ?? row.name,
  role: isRole(row.role) ? row.role : 'readonly',
});

export function createAccountStore(db: Db): AccountStore {
  return {
    async people() {
      const rows = await db.select().from(users).orderBy(asc(users.createdAt));
      return rows.map((row) => ({ ...toPerson(row), createdAt: row.createdAt }));
    },

    async find(id) {
      const [row] = await db.select().from(users).where(eq(users.id, id));
      return row ? toPerson(row) : null;
    },

    async mailAddresses() {
      const rows = await db.select().from(users).where(notLike(users.email, '%.invalid'));
      return rows.map(({ name, username, displayUsername, email }) => ({
        names: [name, username, displayUsername].filter((one) => one !== null),
        email,
      }));
    },

    async setRole(id, role) {
      await db.update(users).set({ role, updatedAt: new Date() }).where(eq(users.id, id));
    },

    async remove(id) {
      const gone = await db.delete(users).where(eq(users.id, id)).returning({ id: users.id });
      await db.delete(apiKeys).where(eq(apiKeys.referenceId, id));
      return gone.length > 0;
    },

    async isSetUp() {
      return (await db.$count(setup)) > 0;
    },

    async claimSetup(at) {
      const made = await db
        .insert(setup)
        .values({ id: THE_ONLY_ROW, doneAt: at })
        .onConflictDoNothing()
        .returning({ id: setup.id });
      return made.length > 0;
    },

    async releaseSetup() {
      await db.delete(setup);
    },

    async apiKeys(owner) {
      const rows = await db
        .select()
        .from(apiKeys)
        .where(eq(apiKeys.referenceId, owner))
        .orderBy(desc(apiKeys.createdAt));
      return rows.map((row) => ({
        id: row.id,
        name: row.name ?? '',
        start: row.start ?? '',
        createdAt: row.createdAt,
        lastUsedAt: row.lastRequest,
        expiresAt: row.expiresAt,
      }));
    },

    async removeApiKey(owner, id) {
      const gone = await db
        .delete(apiKeys)
        .where(and(eq(apiKeys.id, id), eq(apiKeys.referenceId, owner)))
        .returning({ id: apiKeys.id });
      return gone.length > 0;
    },
  };
}
