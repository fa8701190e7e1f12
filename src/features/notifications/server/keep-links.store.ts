import { and, eq, gt, isNull, lt, or, sql } from 'drizzle-orm';
import type { Db } from '#server/platform/db.ts';
import type { KeepLink } from '../core/keep-link.ts';
import type { KeepLinkStore } from './ports.ts';
import { notificationKeepLinks as links } from './tables.ts';

/** A request that died between taking a link and keeping the film gives it back after this. */
const CLAIM_LASTS_MS = 60_000;

export function createKeepLinkStore(db: Db): KeepLinkStore {
  return {
    async add(wanted) {
      if (wanted.length > 0) await db.insert(links).values([...wanted]);
    },

    async find(tokenHash) {
      const [row] = await db.select().from(links).where(eq(links.tokenHash, tokenHash));
      return row ? { ...toLink(row), isUsed: row.outcome !== null } : null;
    },

    async claim(tokenHash, now) {
      const lapsed = new Date(now.getTime() - CLAIM_LASTS_MS);
      const isFree = or(isNull(links.claimedAt), lt(links.claimedAt, lapsed));
      // One statement: of two at the same moment the second finds the row changed and gets nothing.
      const [row] = await db
        .update(links)
        .set({ claimedAt: now })
        .where(and(eq(links.tokenHash, tokenHash), isNull(links.outcome), gt(links.expiresAt, now), isFree))
        .returning();
      return row ? toLink(row) : null;
    },

    async markUsed({ itemId, person }, outcome, now) {
      await db
        .update(links)
        .set({ outcome, claimedAt: sql`coalesce(${links.claimedAt}, ${now.toISOString()}::timestamptz)` })
        .where(
          and(
            eq(links.itemId, itemId),
            sql`lower(${links.person}) = lower(${person})`,
            isNull(links.outcome),
          ),
        );
    },

    async release(tokenHash) {
      await db.update(links).set({ claimedAt: null }).where(eq(links.tokenHash, tokenHash));
    },

    async prune(before) {
      await db.delete(links).where(lt(links.expiresAt, before));
    },
  };
}

const toLink = ({ claimedAt: _claimedAt, outcome: _outcome, ...link }: typeof links.$inferSelect): KeepLink =>
  link;
