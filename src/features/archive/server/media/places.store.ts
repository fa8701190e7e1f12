import { and, count, eq, lte, sql } from 'drizzle-orm';
import type { PostMediaId } from '#core/ids.ts';
import { withoutWaiting, type Db } from '#server/platform/db.ts';
import type { Places } from './downloads.ports.ts';
import { mediaPlaces } from './media.tables.ts';

/** A process that was killed keeps its places for this long. */
const LEASE_SECONDS = 60;
const KEEP_EVERY_MS = 20_000;

/** The clock is the database's: processes on two machines may disagree about the time. */
const later = sql`now() + make_interval(secs => ${LEASE_SECONDS})`;

export function createPlaces(db: Db, newId: () => string): Places {
  const holds = (id: PostMediaId, holder: string) =>
    and(eq(mediaPlaces.postMediaId, id), eq(mediaPlaces.holder, holder));

  async function keep(id: PostMediaId, holder: string): Promise<boolean> {
    const kept = await db
      .update(mediaPlaces)
      .set({ heldUntil: later })
      .where(holds(id, holder))
      .returning({ holder: mediaPlaces.holder });
    return kept.length > 0;
  }

  const take: Places['take'] = async (sourceId, most, id) => {
    const holder = newId();
    const isTaken = await withoutWaiting(db, async (transaction) => {
      await transaction.execute(sql`select pg_advisory_xact_lock(hashtextextended('media places', 0))`);
      await transaction.delete(mediaPlaces).where(lte(mediaPlaces.heldUntil, sql`now()`));
      const [busy] = await transaction
        .select({ places: count() })
        .from(mediaPlaces)
        .where(eq(mediaPlaces.sourceId, sourceId));
      if ((busy?.places ?? 0) >= most) return false;
      const taken = await transaction
        .insert(mediaPlaces)
        .values({ postMediaId: id, sourceId, holder, heldUntil: later })
        .onConflictDoNothing()
        .returning({ holder: mediaPlaces.holder });
      return taken.length > 0;
    });
    return isTaken
      ? whileKept(
          () => keep(id, holder),
          () => release(id, holder),
        )
      : null;
  };

  async function release(id: PostMediaId, holder: string): Promise<void> {
    await withoutWaiting(db, (transaction) => transaction.delete(mediaPlaces).where(holds(id, holder)));
  }

  return { take };
}

function whileKept(keep: () => Promise<boolean>, release: () => Promise<void>) {
  const lost = new AbortController();
  const keeping = setInterval(() => {
    keep().then(
      (isKept) => {
        if (!isKept) lost.abort(new Error('The place of this download was lost'));
      },
      () => undefined, // asked again in a moment; one that stays unanswered runs out
    );
  }, KEEP_EVERY_MS);
  keeping.unref();
  return {
    lost: lost.signal,
    release: async () => {
      clearInterval(keeping);
      await release();
    },
  };
}
