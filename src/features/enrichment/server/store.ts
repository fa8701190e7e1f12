import { and, asc, count, eq, gt, inArray } from 'drizzle-orm';
import { isOfWords, type DerivativeState } from '../core/derivative.ts';
import type { Db } from '#server/platform/db.ts';
import type { DerivativeRow, DerivativeStore } from './ports.ts';
import { derivatives, texts } from './tables.ts';

type Row = typeof derivatives.$inferSelect;

/** No version of anything. */
const OUTDATED = 0;

export function createDerivativeStore(db: Db): DerivativeStore {
  return {
    async of(shas) {
      if (shas.length === 0) return [];
      return (
        await db
          .select()
          .from(derivatives)
          .where(inArray(derivatives.sha256, [...shas]))
      ).map(fromRow);
    },

    async save(row, words, at) {
      const { sha256, kind } = row;
      if (!isOfWords(kind)) return void (await putDerivative(db, row, at));
      await db.transaction(async (transaction) => {
        await putDerivative(transaction, row, at);
        await transaction.delete(texts).where(and(eq(texts.sha256, sha256), eq(texts.kind, kind)));
        if (words) await transaction.insert(texts).values({ sha256, kind, words });
      });
    },

    async texts(sha) {
      const rows = await db
        .select({ words: texts.words })
        .from(texts)
        .where(eq(texts.sha256, sha))
        .orderBy(asc(texts.kind));
      return rows.map(({ words }) => words);
    },

    async forget(sha, kinds) {
      const ofSha = eq(derivatives.sha256, sha);
      await db.delete(derivatives).where(kinds ? and(ofSha, inArray(derivatives.kind, [...kinds])) : ofSha);
    },

    async outdate(sha, kind) {
      await db
        .update(derivatives)
        .set({ version: OUTDATED })
        .where(and(eq(derivatives.sha256, sha), eq(derivatives.kind, kind)));
    },

    async forgetFailed(kind) {
      await db.delete(derivatives).where(and(eq(derivatives.kind, kind), eq(derivatives.state, 'failed')));
    },

    async after(sha, limit) {
      const rows = await db
        .selectDistinct({ sha256: derivatives.sha256 })
        .from(derivatives)
        .where(sha ? gt(derivatives.sha256, sha) : undefined)
        .orderBy(asc(derivatives.sha256))
        .limit(limit);
      return rows.map((row) => row.sha256);
    },

    async counts() {
      const rows = await db
        .select({ state: derivatives.state, number: count() })
        .from(derivatives)
        .where(inArray(derivatives.state, ['failed', 'waiting']))
        .groupBy(derivatives.state);
      const of = (state: DerivativeState['is']) => rows.find((row) => row.state === state)?.number ?? 0;
      return { failed: of('failed'), waiting: of('waiting') };
    },
  };
}

export async function putDerivative(
  db: Db,
  { state, ...derivative }: DerivativeRow,
  at: Date,
): Promise<void> {
  const row: typeof derivatives.$inferInsert = {
    ...derivative,
    state: state.is,
    failure: state.is === 'failed' ? state.why : null,
    program: state.is === 'waiting' ? state.program : null,
    madeAt: at,
  };
  await db
    .insert(derivatives)
    .values(row)
    .onConflictDoUpdate({ target: [derivatives.sha256, derivatives.kind], set: row });
}

const fromRow = ({ sha256, kind, version, facts, ...row }: Row): DerivativeRow => ({
  sha256,
  kind,
  version,
  facts,
  state: stateOf(row),
});

function stateOf({ state, failure, program }: Pick<Row, 'state' | 'failure' | 'program'>): DerivativeState {
  if (state === 'failed' && failure) return { is: 'failed', why: failure };
  return state === 'waiting' && program !== null ? { is: 'waiting', program } : { is: 'made' };
}
