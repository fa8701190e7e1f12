import { join } from 'node:path';
import { openDb } from '#server/platform/db.ts';

/**
 * Copies the films of a library until it has this many items, straight into the private server of a running program:
 * pages are measured on 50 000 items, and a household's services would take minutes to make them up.
 */
export async function fillUp(data: string, items: number): Promise<void> {
  const where = { socketFolder: join(data, 'postgres', 'run'), port: 5432, user: 'keepercheky' };
  const database = await openDb({ ...where, database: 'keepercheky' }, { maxConnections: 1 });
  if (!database.ok) throw new Error(database.error.code);
  const { pool } = database.value;
  const { rows } = await pool.query<{ column: string }>(
    `select quote_ident(attname) as column from pg_attribute where attrelid = 'library_items'::regclass
     and attnum > 0 and not attisdropped and attname <> 'id'`,
  );
  const columns = rows.map(({ column }) => column).join(', ');
  await pool.query(
    `insert into library_items (id, ${columns})
     select id || '-' || copy, ${columns} from library_items, generate_series(1, 50) copy where kind = 'film'
     limit greatest(0, $1 - (select count(*) from library_items))`,
    [items],
  );
  await pool.query(
    `insert into cleanup_standings (item_id, standing, due_at)
     select id, (array['kept', 'unknown', 'protected'])[1 + abs(hashtext(id)) % 3], null from library_items
     on conflict do nothing`,
  );
  // As autovacuum does within a minute of a first sync: counting reads indexes instead of rows only after it.
  await pool.query('vacuum (analyze) library_items, cleanup_standings');
  await database.value.close();
}
