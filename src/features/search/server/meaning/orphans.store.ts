import { sql, type SQL } from 'drizzle-orm';
import type { Db } from '#server/platform/db.ts';
import { searchModels } from '../tables.ts';
import type { VectorModel } from '../../core/meaning.ts';
import type { CandidatesOf } from './candidates.ts';

type Deps = { db: Db; candidatesOf: CandidatesOf; makeTable: (model: VectorModel) => Promise<void> };

const since = (before: Date): SQL =>
  sql`select o.text_hash from search_orphans o where o.since < ${before.toISOString()}::timestamptz`;

/** Notes which texts no passage has any more, and forgets the vectors of those that were noted long ago. */
export const createForgetOrphans = ({ db, candidatesOf, makeTable }: Deps) =>
  async function forgetOrphans(now: Date, before: Date): Promise<number> {
    const models = await db.select().from(searchModels);
    for (const model of models) await makeTable(model);
    return db.transaction(async (transaction) => {
      await noteOrphans(transaction, now);
      for (const model of models) await candidatesOf(model).forget(transaction, model, since(before));
      return forget(transaction, before);
    });
  };

async function noteOrphans(transaction: Db, now: Date): Promise<void> {
  await transaction.execute(sql`
    insert into search_orphans (text_hash, since)
    select distinct v.text_hash, ${now.toISOString()}::timestamptz from search_vectors v
    where not exists (select from search_passages p where p.text_hash = v.text_hash)
    on conflict do nothing`);
  await transaction.execute(sql`
    delete from search_orphans o where exists (select from search_passages p where p.text_hash = o.text_hash)`);
}

async function forget(transaction: Db, before: Date): Promise<number> {
  const { rows } = await transaction.execute<{ forgotten: number }>(sql`
    with gone as (delete from search_vectors where text_hash in (${since(before)}) returning text_hash)
    select count(*)::int as forgotten from gone`);
  await transaction.execute(
    sql`delete from search_orphans where since < ${before.toISOString()}::timestamptz`,
  );
  return rows[0]?.forgotten ?? 0;
}
