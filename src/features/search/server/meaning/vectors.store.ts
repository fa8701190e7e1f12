import { and, eq, sql } from 'drizzle-orm';
import type { Db } from '#server/platform/db.ts';
import { byDocument } from '../../core/fuse.ts';
import { telling, type VectorModel } from '../../core/meaning.ts';
import { likeness } from '../../core/sentences.ts';
import type { EmbeddedText, VectorStore } from '../ports.ts';
import { searchVectors } from '../tables.ts';
import type { CandidatesOf } from './candidates.ts';
import { createNearness, type Near } from './nearness.store.ts';
import { createForgetOrphans } from './orphans.store.ts';
import { createUnembedded } from './unembedded.store.ts';

/** In one statement, so that no message to the server grows beyond some megabytes. */
const AT_ONCE = 500;

/** Numbers of four bytes, in the order of the machine: little end first wherever this program runs. */
const bytesOf = (vector: Float32Array): Uint8Array =>
  new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength);
const vectorOf = (bytes: Uint8Array): Float32Array => new Float32Array(Uint8Array.from(bytes).buffer);

const isPoint = (text: EmbeddedText): text is { hash: string; vector: Float32Array } => text.vector !== null;

async function insertVectors(
  transaction: Db,
  { number: model }: VectorModel,
  texts: readonly EmbeddedText[],
): Promise<void> {
  const rows = texts.map(({ hash, vector }) => ({
    model,
    textHash: hash,
    vector: vector && bytesOf(vector),
  }));
  await transaction.insert(searchVectors).values(rows).onConflictDoNothing();
}

async function vectorsOf(
  db: Db,
  model: VectorModel,
  hashes: readonly string[],
): Promise<Map<string, Float32Array>> {
  if (hashes.length === 0) return new Map();
  // As one value: hundreds would each be read, and planned with.
  const rows = await db
    .select({ hash: searchVectors.textHash, vector: searchVectors.vector })
    .from(searchVectors)
    .where(
      and(
        eq(searchVectors.model, model.number),
        sql`${searchVectors.textHash} = any(${`{${hashes.join(',')}}`}::uuid[])`,
      ),
    );
  return new Map(rows.flatMap(({ hash, vector }) => (vector ? [[hash, vectorOf(vector)] as const] : [])));
}

export function createVectorStore(db: Db, candidatesOf: CandidatesOf): VectorStore {
  const nearness = createNearness(db, candidatesOf);

  const prepared = new Set<string>();

  /** Once in each process: after a change of the server the table may be new to this one. */
  async function makeTable(model: VectorModel): Promise<void> {
    if (prepared.has(model.id)) return;
    await candidatesOf(model).prepare(model);
    prepared.add(model.id);
  }

  async function lacking(model: VectorModel): Promise<readonly string[]> {
    const candidates = candidatesOf(model);
    const { rows } = await db.execute<{ hash: string }>(sql`
      select v.text_hash as hash from search_vectors v
      where v.model = ${model.number} and v.vector is not null and not exists (
        select from ${candidates.table(model)} c where ${candidates.own(model)} and c.text_hash = v.text_hash)
      limit ${AT_ONCE}`);
    return rows.map(({ hash }) => hash);
  }

  return {
    async prepare(model, signal) {
      const candidates = candidatesOf(model);
      await makeTable(model);
      for (let hashes = await lacking(model); hashes.length > 0; hashes = await lacking(model)) {
        signal.throwIfAborted();
        const rows = [...(await vectorsOf(db, model, hashes))].map(([hash, vector]) => ({ hash, vector }));
        await db.transaction((transaction) => candidates.add(transaction, model, rows));
      }
    },

    ...createUnembedded(db),
    forgetOrphans: createForgetOrphans({ db, candidatesOf, makeTable }),

    save: (model, texts) =>
      db.transaction(async (transaction) => {
        for (let from = 0; from < texts.length; from += AT_ONCE) {
          const some = texts.slice(from, from + AT_ONCE);
          await insertVectors(transaction, model, some);
          await candidatesOf(model).add(transaction, model, some.filter(isPoint));
        }
      }),

    async nearest({ model, vector, limit, ...wish }) {
      await makeTable(model);
      const near = await nearness(model, vector, wish);
      const vectors = await vectorsOf(db, model, [...new Set(near.map(({ hash }) => hash))]);
      return byDocument(ranked(near, vectors, vector).slice(0, limit));
    },
  };
}

/** By the exact vectors; what is equally near goes by its passage, so that pages are stable. */
function ranked(
  near: readonly Near[],
  vectors: ReadonlyMap<string, Float32Array>,
  query: Float32Array,
): Pick<Near, 'document' | 'passage'>[] {
  const scored = near
    .flatMap(({ hash, ...found }) => {
      const vector = vectors.get(hash);
      return vector ? [{ ...found, score: likeness(query, vector) }] : [];
    })
    .toSorted((a, b) => b.score - a.score || a.passage - b.passage);
  return telling(scored);
}
