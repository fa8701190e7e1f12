import {
  bigint,
  boolean,
  doublePrecision,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
} from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../../tests/support/database.ts';
import { sql } from './db.ts';
import { readMany } from './db-rows.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
}, 30_000);
afterAll(() => database.close());

const things = pgTable('things', {
  id: integer('id').primaryKey(),
  ownName: text('own_name').notNull(),
  bytes: bigint('bytes', { mode: 'number' }),
  rating: doublePrecision('rating'),
  isOpen: boolean('is_open'),
  at: timestamp('at', { withTimezone: true, mode: 'date' }),
  tags: text('tags').array(),
  said: jsonb('said').$type<{ by: string }[]>(),
});
const { id, ownName, bytes, rating, isOpen, at, tags, said } = things;
const columns = { id, ownName, bytes, rating, isOpen, at, tags, said };

test('gives what a select gives, of every kind of column, in the order asked for', async () => {
  await database.db.execute(sql`create table things (id int primary key, own_name text not null, bytes bigint,
    rating float8, is_open boolean, at timestamptz, tags text[], said jsonb)`);
  await database.db.insert(things).values([
    {
      id: 1,
      ownName: 'whole "one"',
      bytes: 71_161_234_010,
      rating: 7.25,
      isOpen: false,
      at: new Date('2026-03-29T01:30:00.123Z'),
      tags: ['keep', 'a,b', 'NULL', '{}'],
      said: [{ by: 'Ana' }],
    },
    { id: 2, ownName: '' },
  ]);

  const rows = await readMany(database.db, columns, sql`from ${things} order by ${id} desc`);

  expect(rows).toEqual(
    await database.db
      .select(columns)
      .from(things)
      .orderBy(sql`${id} desc`),
  );
  expect(rows[1]).toMatchObject({
    ownName: 'whole "one"',
    bytes: 71_161_234_010,
    tags: ['keep', 'a,b', 'NULL', '{}'],
  });
});
