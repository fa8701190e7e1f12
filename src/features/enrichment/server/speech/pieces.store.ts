import { and, asc, eq, exists } from 'drizzle-orm';
import type { Db } from '#server/platform/db.ts';
import { VERSIONS } from '../../core/derivative.ts';
import type { HeardPieces } from '../ports.ts';
import { derivatives, heardPieces } from '../tables.ts';

export function createHeardPieces(db: Db): HeardPieces {
  return {
    async of(sha, model) {
      const rows = await db
        .select()
        .from(heardPieces)
        .where(and(eq(heardPieces.sha256, sha), eq(heardPieces.model, model)))
        .orderBy(asc(heardPieces.fromMs));
      return rows.map(({ fromMs, toMs, heard }) => ({ piece: { fromMs, toMs }, heard }));
    },

    async keep(sha256, model, { piece, heard }) {
      const row = { sha256, model, ...piece, heard };
      await db
        .insert(heardPieces)
        .values(row)
        .onConflictDoUpdate({ target: [heardPieces.sha256, heardPieces.fromMs], set: row });
    },

    async forget(sha) {
      await db.delete(heardPieces).where(eq(heardPieces.sha256, sha));
    },

    async forgetSettled() {
      const settled = db
        .select({ sha256: derivatives.sha256 })
        .from(derivatives)
        .where(
          and(
            eq(derivatives.sha256, heardPieces.sha256),
            eq(derivatives.kind, 'speech'),
            eq(derivatives.version, VERSIONS.speech),
          ),
        );
      await db.delete(heardPieces).where(exists(settled));
    },
  };
}
