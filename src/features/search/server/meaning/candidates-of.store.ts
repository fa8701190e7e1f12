import type { Db } from '#server/platform/db.ts';
import { bitCandidates } from './bits.store.ts';
import type { CandidatesOf } from './candidates.ts';
import { MOST_DIMENSIONS, openPgvector } from './hnsw.store.ts';

/** pgvector where the server has it and the vectors are not too long for it, else signs. */
export async function openCandidates(db: Db): Promise<CandidatesOf> {
  const hnsw = await openPgvector(db);
  return ({ dimensions }) => (hnsw && dimensions <= MOST_DIMENSIONS ? hnsw : bitCandidates);
}
