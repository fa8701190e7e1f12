import { and, eq, sql } from 'drizzle-orm';
import { searchVectorBits } from '../tables.ts';
import type { Candidates } from './candidates.ts';

/** Which numbers are above nothing: most of what two vectors have in common is in there. */
const signsOf = (vector: Float32Array): string =>
  Array.from(vector, (number) => (number > 0 ? '1' : '0')).join('');

/** With any PostgreSQL: the signs of all vectors are compared with those of the query, which takes half a microsecond each. */
export const bitCandidates: Candidates = {
  prepare: () => Promise.resolve(),

  async add(transaction, { number }, rows) {
    const signs = rows.map(({ hash, vector }) => ({ hash, bits: signsOf(vector) }));
    await transaction.execute(sql`
      insert into search_vector_bits (model, text_hash, bits)
      select ${number}::int, hash, bits::bit varying
      from jsonb_to_recordset(${JSON.stringify(signs)}::jsonb) as x(hash uuid, bits text)
      on conflict do nothing`);
  },

  async remove(transaction, { number }) {
    await transaction.delete(searchVectorBits).where(eq(searchVectorBits.model, number));
  },

  async forget(transaction, { number }, hashes) {
    await transaction
      .delete(searchVectorBits)
      .where(and(eq(searchVectorBits.model, number), sql`text_hash in (${hashes})`));
  },

  table: () => sql`search_vector_bits`,
  own: ({ number }) => sql`c.model = ${number}::int`,
  // Through the index of its key, which this keeps planners from, the same rows take two to five times as long.
  all: ({ number }) => sql`c.model + 0 = ${number}::int`,
  nearness: (vector) => sql`bit_count(c.bits # ${signsOf(vector)}::bit varying), c.text_hash`,
  settings: null,
};
