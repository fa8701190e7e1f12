import { asc, eq } from 'drizzle-orm';
import type { Db } from '#server/platform/db.ts';
import { nameKey } from '../core/recipients.ts';
import type { PeopleStore } from './ports.ts';
import { notificationPeople as people } from './tables.ts';

export function createPeopleStore(db: Db): PeopleStore {
  return {
    async list() {
      const rows = await db.select().from(people).orderBy(asc(people.key));
      return rows.map(({ key: _, ...person }) => person);
    },

    async save(person) {
      const row = { ...person, key: nameKey(person.name) };
      await db.insert(people).values(row).onConflictDoUpdate({ target: people.key, set: row });
    },

    async remove(name) {
      const gone = await db
        .delete(people)
        .where(eq(people.key, nameKey(name)))
        .returning({ key: people.key });
      return gone.length > 0;
    },
  };
}
