import { and, eq, gt, sql } from 'drizzle-orm';
import { unknown, type Fact } from '#core/fact.ts';
import type { Db } from '#server/platform/db.ts';
import type { GoneLately } from '../../core/space/coming-free.ts';
import type { RecycleBin } from '../../core/removal/title-settings.ts';
import { cleanupRemovals } from '../execution/runs.tables.ts';

/** What had another name when it went. Where torrents followed, and none was left, nothing holds it any more. */
const HELD_BYTES = sql<number>`case
  when (${cleanupRemovals.options}->'torrents'->>'remove')::boolean
    and not jsonb_path_exists(${cleanupRemovals.state}->'notes', '$[*] ? (@ starts with "torrents:")') then 0
  else coalesce((select sum((mark->>'sizeBytes')::float8)
    from jsonb_array_elements(${cleanupRemovals.state}->'trace'->'marks') mark), 0) end`;

/** Every removal that ended well since then; the few facts of it that matter, because there may be thousands. */
export async function readGone(db: Db, since: Date): Promise<GoneLately[]> {
  const rows = await db
    .select({
      connectionId: cleanupRemovals.connectionId,
      path: sql<string>`${cleanupRemovals.identity}->>'path'`,
      bytes: sql<number>`(${cleanupRemovals.state}->>'freedBytes')::float8`,
      heldBytes: HELD_BYTES,
      at: cleanupRemovals.endedAt,
      bin: sql<Fact<RecycleBin | null> | null>`${cleanupRemovals.keepsake}->'before'->'recycleBin'`,
    })
    .from(cleanupRemovals)
    .where(and(eq(cleanupRemovals.outcome, 'removed'), gt(cleanupRemovals.endedAt, since)));
  return rows.flatMap(({ at, bin, ...gone }) =>
    at === null ? [] : [{ ...gone, at, bin: bin ?? unknown('recycle-bin-not-read') }],
  );
}
