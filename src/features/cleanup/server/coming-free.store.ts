import { and, eq, gt, sql } from 'drizzle-orm';
import { unknown, type Fact } from '#core/fact.ts';
import type { Db } from '#server/platform/db.ts';
import type { GoneLately } from '../core/coming-free.ts';
import type { RecycleBin } from '../core/title-settings.ts';
import { cleanupRemovals } from './runs.tables.ts';

/** Every removal that ended well since then; the few facts of it that matter, because there may be thousands. */
export async function readGone(db: Db, since: Date): Promise<GoneLately[]> {
  const rows = await db
    .select({
      connectionId: cleanupRemovals.connectionId,
      path: sql<string>`${cleanupRemovals.identity}->>'path'`,
      bytes: sql<number>`(${cleanupRemovals.state}->>'freedBytes')::float8`,
      at: cleanupRemovals.endedAt,
      bin: sql<Fact<RecycleBin | null> | null>`${cleanupRemovals.keepsake}->'before'->'recycleBin'`,
    })
    .from(cleanupRemovals)
    .where(and(eq(cleanupRemovals.outcome, 'removed'), gt(cleanupRemovals.endedAt, since)));
  return rows.flatMap(({ at, bin, ...gone }) =>
    at === null ? [] : [{ ...gone, at, bin: bin ?? unknown('recycle-bin-not-read') }],
  );
}
