import { sql, type SQL } from 'drizzle-orm';
import type { Db } from '#server/platform/db.ts';
import { namingParts, type Part } from '../../core/document.ts';
import { meantBy, type VectorModel } from '../../core/meaning.ts';
import type { VectorStore } from '../ports.ts';

type Row = { at: number; hash: string; title: string; part: Part; text: string };

const isUnembedded = ({ number }: VectorModel): SQL => sql`not exists (
  select from search_vectors v where v.model = ${number}::int and v.text_hash = p.text_hash)`;

const isMeant = sql`p.part <> all(${`{${namingParts.join(',')}}`}::text[])`;

/** What a model has no vector of yet. */
export const createUnembedded = (db: Db): Pick<VectorStore, 'unembedded' | 'counts'> => ({
  async unembedded(model, after, limit) {
    const { rows } = await db.execute<Row>(sql`
      select p.id::int as at, p.text_hash as hash, d.title, p.part, p.text
      from search_passages p join search_documents d on d.id = p.document_id
      where p.id > ${after} and ${isMeant} and ${isUnembedded(model)}
      order by p.id limit ${limit}`);
    return rows.map(({ at, hash, ...passage }) => ({ at, hash, text: meantBy(passage, passage) }));
  },

  async counts(model) {
    const { rows } = await db.execute<{ total: number; waiting: number }>(sql`
      select count(distinct p.text_hash)::int as total,
        (count(distinct p.text_hash) filter (where ${isUnembedded(model)}))::int as waiting
      from search_passages p where ${isMeant}`);
    const { total = 0, waiting = 0 } = rows[0] ?? {};
    return { total, embedded: total - waiting };
  },
});
