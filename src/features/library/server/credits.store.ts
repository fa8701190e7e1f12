import { eq, sql } from 'drizzle-orm';
import { known, unknown, type Fact } from '#core/fact.ts';
import type { ItemId } from '#core/ids.ts';
import type { Db } from '#server/platform/db.ts';
import type { Credit } from '../core/credits.ts';
import { mediaKey } from '../core/match.ts';
import type { CreditStore, DueTitle } from './credits.ports.ts';
import { libraryCredits } from './credits.tables.ts';
import { libraryItems } from './tables.ts';

export function createCreditStore(db: Db): CreditStore {
  return {
    async due({ connectionId, askedBefore, emptyBefore, after, limit }) {
      const begin = `${connectionId}:`;
      const { rows } = await db.execute<DueTitle>(sql`
        select i.id as "itemId", substr(m.key, ${begin.length + 1}::int) as "mediaExternalId"
        from ${libraryItems} i
        cross join lateral (
          select key from unnest(i.media_ids) key where starts_with(key, ${begin}) order by key limit 1
        ) m
        left join ${libraryCredits} c on c.item_id = i.id
        where i.kind in ('film', 'show') and i.id > ${after ?? ''} and (
          c.item_id is null or not (c.told_of = any(i.media_ids)) or c.asked_at <
            case when c.credits is null or c.credits = '[]' then ${emptyBefore.toISOString()}::timestamptz
              else ${askedBefore.toISOString()}::timestamptz end)
        order by i.id limit ${limit}`);
      return rows;
    },

    async save(connectionId, asked, at) {
      const rows = asked.map(({ itemId, mediaExternalId, told }) => ({
        itemId,
        toldOf: mediaKey(connectionId, mediaExternalId),
        credits: told?.credits ?? null,
        originalTitle: told?.originalTitle ?? null,
      }));
      const { rows: saved } = await db.execute<{ changed: boolean }>(sql`
        insert into ${libraryCredits} as c (item_id, told_of, credits, original_title, asked_at, changed_at)
        select s."itemId", s."toldOf", s.credits, s."originalTitle", ${at.toISOString()}, ${at.toISOString()}
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
          as s("itemId" text, "toldOf" text, credits jsonb, "originalTitle" text)
        on conflict (item_id) do update set asked_at = excluded.asked_at, told_of = ${kept('told_of')},
          credits = ${kept('credits')}, original_title = ${kept('original_title')},
          changed_at = case when (c.credits, c.original_title) is distinct from
            (${kept('credits')}, ${kept('original_title')}) then excluded.changed_at else c.changed_at end
        returning c.changed_at = c.asked_at as changed`);
      return saved.filter(({ changed }) => changed).length;
    },

    async forgetGone() {
      await db.execute(sql`
        delete from ${libraryCredits} c where not exists (select from ${libraryItems} i where i.id = c.item_id)`);
    },
  };
}

/** Nothing takes the place of what is known, unless that is of an entry which is not the title's any more. */
const kept = (column: 'told_of' | 'credits' | 'original_title') => sql`
  case when excluded.credits is null and c.credits is not null
    and exists (select from ${libraryItems} i where i.id = c.item_id and c.told_of = any(i.media_ids))
    then ${sql.raw(`c.${column}`)} else ${sql.raw(`excluded.${column}`)} end`;

export type KnownCredits = { credits: Fact<readonly Credit[]>; originalTitle: string | null };

/** Of a film or show. */
export async function creditsOf(db: Db, id: ItemId): Promise<KnownCredits> {
  const [row] = await db
    .select({
      credits: libraryCredits.credits,
      originalTitle: libraryCredits.originalTitle,
      isHad: sql<boolean>`cardinality(${libraryItems.mediaIds}) > 0`,
      isTold: sql<boolean>`coalesce(${isToldOf}, false)`,
    })
    .from(libraryItems)
    .leftJoin(libraryCredits, eq(libraryCredits.itemId, libraryItems.id))
    .where(eq(libraryItems.id, id));
  if (!row?.isHad) return { credits: unknown('not-in-media-server'), originalTitle: null };
  if (!row.isTold) return { credits: unknown('credits-not-asked'), originalTitle: null };
  return {
    credits: row.credits ? known(row.credits) : unknown('credits-not-told'),
    originalTitle: row.originalTitle,
  };
}

const isToldOf = sql`${libraryCredits.toldOf} = any(${libraryItems.mediaIds})`;
