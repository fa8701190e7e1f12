import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { unaccent } from '@electric-sql/pglite/contrib/unaccent';
import { vector } from '@electric-sql/pglite-pgvector';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { drizzle } from 'drizzle-orm/pglite';
import type { Db } from '#server/platform/db.ts';

const MIGRATIONS = join(import.meta.dirname, '../../migrations');

/**
 * An empty database of the program's on a PostgreSQL with pgvector, compiled to WebAssembly and run in this process: where
 * no server has the extension. In `folder`, or in memory without one.
 */
export async function openWithPgvector(folder?: string): Promise<{ db: Db; close: () => Promise<void> }> {
  const pglite = await PGlite.create({
    ...(folder === undefined ? {} : { dataDir: folder }),
    extensions: { vector, pg_trgm, unaccent },
  });
  for (const name of readdirSync(MIGRATIONS)
    .filter((one) => one.endsWith('.sql'))
    .toSorted())
    await pglite.exec(readFileSync(join(MIGRATIONS, name), 'utf8'));
  return { db: drizzle(pglite) as unknown as Db, close: () => pglite.close() };
}
