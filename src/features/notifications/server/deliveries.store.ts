import { randomUUID } from 'node:crypto';
import { and, asc, desc, eq, inArray, isNotNull, isNull, lt, lte, or, sql } from 'drizzle-orm';
import type { Db } from '#server/platform/db.ts';
import type { Notice } from '../core/event.ts';
import type { ChannelId } from '../core/channel.ts';
import type { Delivery, DeliveryStore, NewDelivery } from './ports.ts';
import {
  notificationDeliveries as deliveries,
  notificationServiceChecks as checks,
  notificationTold as told,
} from './tables.ts';

/** A worker that says nothing for so long is dead; three messages that time out take half of it. */
const CLAIM_LASTS_MS = 10 * 60_000;
const LARGEST_CLAIM = 50;
/** Of this program; any number that nobody else takes. */
const CHECKS_LOCK = 4_747_001;

export function createDeliveryStore(db: Db): DeliveryStore {
  return {
    tellNew: (all, make, now) =>
      db.transaction(async (tx) => {
        // A statement may not touch a row twice.
        const news = [...new Map(all.map((one) => [one.key, one])).values()];
        const { rows } = await tx.execute<{ key: string }>(sql`
          insert into ${told} (key, value, at)
          select key, value, ${now.toISOString()}::timestamptz from unnest(
            ${sql.param(news.map(({ key }) => key))}::text[], ${sql.param(news.map(({ value }) => value))}::text[]
          ) as n(key, value) order by key
          on conflict (key) do update set value = excluded.value, at = excluded.at
          where ${told}.value is distinct from excluded.value
          returning key`);
        if (rows.length === 0) return [];
        return insert(tx, make(new Set(rows.map(({ key }) => key))), now);
      }),

    tellChecks: (judge, now) =>
      db.transaction(async (tx) => {
        await tx.execute(sql`select pg_advisory_xact_lock(${CHECKS_LOCK})`);
        const judged = judge(await tx.select().from(checks));
        await tx.delete(checks);
        if (judged.states.length > 0) await tx.insert(checks).values([...judged.states]);
        return insert(tx, judged.deliveries, now);
      }),

    claim: (channelId, now) =>
      db.transaction(async (tx) => {
        const lapsed = new Date(now.getTime() - CLAIM_LASTS_MS);
        const free = and(
          eq(deliveries.channelId, channelId),
          or(
            and(eq(deliveries.state, 'pending'), lte(deliveries.nextTryAt, now)),
            and(eq(deliveries.state, 'sending'), lt(deliveries.claimedAt, lapsed)),
          ),
        );
        const take = (which: ReturnType<typeof and>, limit: number) =>
          tx
            .select({ id: deliveries.id })
            .from(deliveries)
            .where(and(free, which))
            .orderBy(asc(deliveries.createdAt), asc(deliveries.id))
            .limit(limit)
            .for('update', { skipLocked: true });
        const forHouse = await take(isNull(deliveries.address), LARGEST_CLAIM);
        const taken = forHouse.length > 0 ? forHouse : await take(isNotNull(deliveries.address), 1);
        if (taken.length === 0) return [];
        const rows = await tx
          .update(deliveries)
          .set({ state: 'sending', claimedAt: now, tries: sql`${deliveries.tries} + 1` })
          .where(idIn(taken))
          .returning();
        return rows.map(toDelivery).sort(byAge);
      }),

    async settle(claimed, outcome, now) {
      const isOver = outcome.state !== 'pending';
      await db
        .update(deliveries)
        .set({
          state: outcome.state,
          problem: outcome.state === 'sent' ? null : outcome.problem,
          endedAt: isOver ? now : null,
          claimedAt: null,
          ...(outcome.state === 'pending' ? { nextTryAt: outcome.nextTryAt } : {}),
        })
        .where(and(idIn(claimed), eq(deliveries.state, 'sending')));
    },

    async waiting() {
      const { rows } = await db.execute<{ channelId: ChannelId; dueAt: string }>(sql`
        select channel_id as "channelId",
          min(case state when 'pending' then next_try_at else claimed_at + ${`${CLAIM_LASTS_MS} ms`}::interval end) as "dueAt"
        from ${deliveries} where ended_at is null group by channel_id`);
      return rows.map(({ channelId, dueAt }) => ({ channelId, dueAt: new Date(dueAt) }));
    },

    async list(limit) {
      const rows = await db
        .select()
        .from(deliveries)
        .orderBy(desc(deliveries.createdAt), desc(deliveries.id))
        .limit(limit);
      return rows.map(toDelivery);
    },

    async again(id, now) {
      const [row] = await db
        .update(deliveries)
        .set({ state: 'pending', tries: 0, nextTryAt: now, endedAt: null })
        .where(and(eq(deliveries.id, id), eq(deliveries.state, 'failed')))
        .returning({ channelId: deliveries.channelId });
      return row?.channelId ?? null;
    },

    async prune(before) {
      await db.delete(deliveries).where(lt(deliveries.endedAt, before.deliveries));
      await db.delete(told).where(lt(told.at, before.told));
    },
  };
}

async function insert(db: Db, wanted: readonly NewDelivery[], now: Date): Promise<ChannelId[]> {
  if (wanted.length === 0) return [];
  const fresh = { state: 'pending', tries: 0, createdAt: now, nextTryAt: now } as const;
  await db.insert(deliveries).values(wanted.map((delivery) => ({ ...delivery, ...fresh, id: randomUUID() })));
  return [...new Set(wanted.map(({ channelId }) => channelId))];
}

const idIn = (rows: readonly { id: string }[]) =>
  inArray(
    deliveries.id,
    rows.map(({ id }) => id),
  );

const byAge = (a: Delivery, b: Delivery): number =>
  a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1);

const toDelivery = ({ claimedAt: _, notice, ...row }: typeof deliveries.$inferSelect): Delivery => ({
  ...row,
  notice: revive(notice as Notice),
});

/** JSON knows no dates. */
function revive(notice: Notice): Notice {
  if (!('titles' in notice)) return notice;
  const titles = notice.titles.map((title) => ({
    ...title,
    dueAt: new Date(title.dueAt),
    markedAt: new Date(title.markedAt),
  }));
  return { ...notice, titles };
}
