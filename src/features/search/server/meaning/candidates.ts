import type { SQL } from 'drizzle-orm';
import type { Db } from '#server/platform/db.ts';
import type { VectorModel } from '../../core/meaning.ts';

/**
 * What finds some hundred vectors that are near, roughly and quickly, for the exact ones to be compared. One with what any
 * PostgreSQL has, one with pgvector.
 */
export type Candidates = {
  prepare(model: VectorModel): Promise<void>;
  add(
    transaction: Db,
    model: VectorModel,
    rows: readonly { hash: string; vector: Float32Array }[],
  ): Promise<void>;
  remove(transaction: Db, model: VectorModel): Promise<void>;
  /** Goes with the vectors of these texts, a query that gives their hashes. */
  forget(transaction: Db, model: VectorModel, hashes: SQL): Promise<void>;
  /** Its table, as `c`, with a `text_hash`; and which of its rows are of the model. */
  table(model: VectorModel): SQL;
  own(model: VectorModel): SQL;
  /** The same, when all of them are to be looked through. */
  all(model: VectorModel): SQL;
  /** What to order by; `isExact` compares all that are left. */
  nearness(vector: Float32Array, isExact: boolean): SQL;
  /** What has to be set for the transaction that asks; null when nothing has. */
  settings: SQL | null;
};

export type CandidatesOf = (model: VectorModel) => Candidates;
