import { sql, type SQL } from 'drizzle-orm';
import type { Db } from '#server/platform/db.ts';
import type { VectorModel } from '../../core/meaning.ts';
import type { Candidates } from './candidates.ts';
import { hashOf } from './text-hash.ts';

/** Not in `public`: what can be made again from the vectors there is in no dump, and a server without pgvector could not read it. */
const ROOM = 'meaning';
/** `halfvec` can be indexed up to here; of longer ones the signs say enough. */
export const MOST_DIMENSIONS = 4000;
/** 0.8 goes on looking when more is asked for than it looked at. */
const OLDEST = [0, 8];
const SEARCHED = 400;
const MOST_SCANNED = 200_000;

/** With the model in it, because a dump that was put back may give its number to another one. */
const bareName = ({ number, id }: VectorModel): string => `near_${number}_${hashOf(id).slice(0, 8)}`;
const nameOf = (model: VectorModel): SQL => sql.raw(`${ROOM}.${bareName(model)}`);
const literal = (vector: Float32Array): string => `[${vector.join(',')}]`;

/** Null when this server has no pgvector that is new enough, or the extension may not be made. */
export async function openPgvector(db: Db): Promise<Candidates | null> {
  const { rows } = await db.execute<{ version: string }>(sql`
    select coalesce(installed_version, default_version) as version from pg_available_extensions where name = 'vector'`);
  const version = rows[0]?.version.split('.').map(Number) ?? [];
  if (!isFrom(version, OLDEST)) return null;
  try {
    await db.execute(sql`create extension if not exists vector`);
    await db.execute(sql.raw(`create schema if not exists ${ROOM}`));
    return hnswCandidates(db);
  } catch {
    return null; // no right to make it: bits are as true, and slower with millions only
  }
}

const isFrom = ([major = 0, minor = 0]: number[], [wanted = 0, least = 0]: number[]): boolean =>
  major > wanted || (major === wanted && minor >= least);

const hnswCandidates = (db: Db): Candidates => ({
  prepare: (model) =>
    db.transaction(async (transaction) => {
      await transaction.execute(sql`select pg_advisory_xact_lock(hashtextextended('search.meaning', 0))`);
      await transaction.execute(
        sql`create table if not exists ${nameOf(model)} (text_hash uuid primary key, vector halfvec(${sql.raw(String(model.dimensions))}) not null)`,
      );
      await transaction.execute(
        sql`create index if not exists ${sql.raw(`${bareName(model)}_hnsw`)} on ${nameOf(model)} using hnsw (vector halfvec_ip_ops)`,
      );
    }),

  async add(transaction, model, rows) {
    const near = rows.map(({ hash, vector }) => ({ hash, vector: literal(vector) }));
    await transaction.execute(sql`
      insert into ${nameOf(model)} (text_hash, vector)
      select hash, vector::halfvec from jsonb_to_recordset(${JSON.stringify(near)}::jsonb) as x(hash uuid, vector text)
      on conflict do nothing`);
  },

  async remove(transaction, model) {
    await transaction.execute(sql`drop table if exists ${nameOf(model)}`);
  },

  async forget(transaction, model, hashes) {
    await transaction.execute(sql`delete from ${nameOf(model)} where text_hash in (${hashes})`);
  },

  table: nameOf,
  own: () => sql`true`,
  all: () => sql`true`,
  // An expression is not what the index is ordered by, so all that are left are compared.
  nearness: (vector, isExact) =>
    isExact
      ? sql`(c.vector <#> ${literal(vector)}::halfvec) + 0, c.text_hash`
      : sql`c.vector <#> ${literal(vector)}::halfvec`,
  settings: sql`select set_config('hnsw.ef_search', ${String(SEARCHED)}, true),
    set_config('hnsw.iterative_scan', 'strict_order', true),
    set_config('hnsw.max_scan_tuples', ${String(MOST_SCANNED)}, true)`,
});
