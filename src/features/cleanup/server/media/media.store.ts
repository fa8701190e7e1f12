import {
  and,
  asc,
  count,
  desc,
  eq,
  gte,
  inArray,
  isNotNull,
  isNull,
  lt,
  lte,
  sql,
  type SQL,
} from 'drizzle-orm';
import type { ItemId } from '#core/ids.ts';
import { libraryItems, librarySources } from '#features/library/server/index.ts';
import type { Db } from '#server/platform/db.ts';
import type { Standing } from '../../core/judging/verdict.ts';
import { readExcluded } from '../keeping/exclusions.store.ts';
import type { MediaQuery, MediaRow, MediaStatus, MediaStore } from '../planning/planning.ports.ts';
import { cleanupStandings } from '../planning/planning.tables.ts';

const columns = {
  id: libraryItems.id,
  kind: libraryItems.kind,
  showId: libraryItems.showId,
  seasonNumber: libraryItems.seasonNumber,
  connectionId: libraryItems.connectionId,
  diskId: libraryItems.diskId,
  title: libraryItems.title,
  year: libraryItems.year,
  hasPoster: sql<boolean>`${libraryItems.poster} is not null`,
  fileCount: libraryItems.fileCount,
  sizeBytes: libraryItems.sizeBytes,
  addedAt: libraryItems.addedAt,
  newestFileAt: libraryItems.newestFileAt,
  lastWatchedAt: libraryItems.lastWatchedAt,
  watchWhy: libraryItems.watchWhy,
  requestedBy: libraryItems.requestedBy,
  tags: libraryItems.tags,
  standing: cleanupStandings.standing,
  dueAt: cleanupStandings.dueAt,
};

type Row = Omit<MediaRow, 'status' | 'excludedUntil'> & { standing: Standing | null };
type Excluded = ReadonlyMap<ItemId, Date | null>;

export function createMediaStore(db: Db): MediaStore {
  return {
    async search(query, now) {
      const excluded = await readExcluded(db, now);
      const wanted = and(...conditions(query), statusIs(query.status, excluded));
      const { rows, total } = await (query.status === 'unmanaged' ? pageOfFew : pageOfMany)(
        db,
        query,
        wanted,
      );
      return { rows: rows.map((row) => mediaRow(row, excluded)), total };
    },

    choices: createChoices(db),

    async status(id, now) {
      const [[row], excluded] = await Promise.all([
        db.select().from(cleanupStandings).where(eq(cleanupStandings.itemId, id)),
        readExcluded(db, now),
      ]);
      const standing = row?.standing ?? null;
      return { status: statusOf(id, standing, excluded), standing, dueAt: row?.dueAt ?? null };
    },
  };
}

type Choices = Awaited<ReturnType<MediaStore['choices']>>;

/** Reading them takes the whole library, and only a sync changes them: they are kept until the next one. */
function createChoices(db: Db): () => Promise<Choices> {
  let kept: { as: string; choices: Choices } | null = null;

  const distinct = async (column: typeof libraryItems.tags | typeof libraryItems.requestedBy) => {
    const { rows } = await db.execute<{ choice: string }>(
      sql`select distinct unnest(${column}) as choice from ${libraryItems} order by choice`,
    );
    return rows.map(({ choice }) => choice);
  };

  return async () => {
    const sources = await db
      .select({ id: librarySources.connectionId, at: librarySources.lastAttemptAt })
      .from(librarySources)
      .orderBy(librarySources.connectionId);
    const as = JSON.stringify(sources);
    if (kept?.as === as) return kept.choices;
    const [tags, requesters] = await Promise.all([
      distinct(libraryItems.tags),
      distinct(libraryItems.requestedBy),
    ]);
    kept = { as, choices: { tags, requesters } };
    return kept.choices;
  };
}

type Found = { rows: Row[]; total: number };

async function pageOfMany(db: Db, query: MediaQuery, wanted: SQL | undefined): Promise<Found> {
  const [rows, total] = await Promise.all([page(db, query, wanted), countUp(db, query, wanted)]);
  return { rows, total };
}

/** Looking for a page of nothing walks the whole library, which counting has done already. */
async function pageOfFew(db: Db, query: MediaQuery, wanted: SQL | undefined): Promise<Found> {
  const total = await countUp(db, query, wanted);
  return { rows: total > query.offset ? await page(db, query, wanted) : [], total };
}

/** First the ids, so that 50 000 narrow rows are sorted and not wide ones; then the few rows themselves. */
async function page(db: Db, query: MediaQuery, wanted: SQL | undefined): Promise<Row[]> {
  const { sort } = query;
  const found = sort === 'due' ? await idsByDay(db, query, wanted) : await idsBy(db, sort, query, wanted);
  const place = new Map(found.map(({ id }, index) => [id, index]));
  const rows = await db
    .select(columns)
    .from(libraryItems)
    .leftJoin(cleanupStandings, ofItem)
    .where(isOneOf([...place.keys()]));
  return rows.sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0));
}

/** One value, however many ids. */
const isOneOf = (ids: readonly ItemId[]): SQL => sql`${libraryItems.id} = any(${sql.param(ids)}::text[])`;
const ofItem = eq(cleanupStandings.itemId, libraryItems.id);
const isStanding = (status: MediaStatus | undefined): boolean =>
  status !== undefined && status !== 'excluded' && status !== 'unmanaged';
/** With `exists` the planner knows how many are left; with `not in` it guessed half, and walked the whole library for none. */
const hasNoStanding = sql`not exists (select from ${cleanupStandings} st where st.item_id = ${libraryItems.id})`;

/** By what the item itself has. */
type OwnSort = Exclude<MediaQuery['sort'], 'due'>;

function idsBy(
  db: Db,
  sort: OwnSort,
  { status, descending, offset, limit }: MediaQuery,
  wanted: SQL | undefined,
) {
  const ids = db.select({ id: libraryItems.id }).from(libraryItems).$dynamic();
  const joined = isStanding(status) ? ids.leftJoin(cleanupStandings, ofItem) : ids;
  return joined
    .where(wanted)
    .orderBy(...orderOf(sort, descending))
    .offset(offset)
    .limit(limit);
}

/** First what has a day, in its order, then the rest: an index serves each, where all 50 000 joined had to be sorted. */
async function idsByDay(db: Db, { descending, offset, limit }: MediaQuery, wanted: SQL | undefined) {
  const way = descending ? sql`desc` : sql`asc`;
  const upTo = offset + limit;
  const standings = cleanupStandings;
  const { rows } = await db.execute<{ id: ItemId }>(sql`
    select id from (
      (select ${standings.itemId} as id, ${standings.dueAt} as due_at
        from ${standings} join ${libraryItems} on ${ofItem} where ${and(isNotNull(standings.dueAt), wanted)}
        order by ${standings.dueAt} ${way}, ${standings.itemId} ${way} limit ${upTo})
      union all
      (select ${libraryItems.id}, null
        from ${libraryItems} left join ${standings} on ${ofItem} where ${and(isNull(standings.dueAt), wanted)}
        order by ${libraryItems.id} ${way} limit ${upTo})
    ) as found order by due_at ${way} nulls last, id ${way} offset ${offset} limit ${limit}`);
  return rows;
}

async function countUp(db: Db, { status }: MediaQuery, wanted: SQL | undefined): Promise<number> {
  const all = db.select({ total: count() }).from(libraryItems).$dynamic();
  const joined = isStanding(status) ? all.leftJoin(cleanupStandings, ofItem) : all;
  const [counted] = await joined.where(wanted);
  return counted?.total ?? 0;
}

function conditions(query: MediaQuery): (SQL | undefined)[] {
  const { text, kinds, connectionId, diskId, requestedBy, tag, minBytes, maxBytes } = query;
  return [
    inArray(libraryItems.kind, [...(kinds ?? (['film', 'show'] as const))]),
    text ? sql`${libraryItems.title} ilike ${`%${text.replace(/[\\%_]/g, '\\$&')}%`}` : undefined,
    connectionId && eq(libraryItems.connectionId, connectionId),
    diskId && eq(libraryItems.diskId, diskId),
    requestedBy ? sql`${libraryItems.requestedBy} @> ${sql.param([requestedBy])}::text[]` : undefined,
    tag ? sql`${libraryItems.tags} @> ${sql.param([tag])}::text[]` : undefined,
    minBytes === undefined ? undefined : gte(libraryItems.sizeBytes, minBytes),
    maxBytes === undefined ? undefined : lte(libraryItems.sizeBytes, maxBytes),
    ...dateConditions(query),
  ];
}

const dateConditions = (query: MediaQuery): (SQL | undefined)[] => [
  query.addedBefore && lt(libraryItems.newestFileAt, query.addedBefore),
  query.addedAfter && gte(libraryItems.newestFileAt, query.addedAfter),
  query.unwatchedSince &&
    and(
      isNull(libraryItems.watchWhy),
      // Never, or before.
      sql`(${gte(libraryItems.lastWatchedAt, query.unwatchedSince)}) is not true`,
    ),
  query.watchedSince && gte(libraryItems.lastWatchedAt, query.watchedSince),
  query.neverWatched ? and(isNull(libraryItems.watchWhy), isNull(libraryItems.lastWatchedAt)) : undefined,
];

function statusIs(status: MediaStatus | undefined, excluded: Excluded): SQL | undefined {
  if (status === undefined) return undefined;
  const isExcluded = isOneOf([...excluded.keys()]);
  if (status === 'excluded') return isExcluded;
  const stands = status === 'unmanaged' ? hasNoStanding : eq(cleanupStandings.standing, status);
  return and(stands, sql`not (${isExcluded})`);
}

/**
 * What has no value comes last, whichever way it is sorted; the id makes pages stable, in the order that the index of each
 * way has it, or a page of the newest year sorts all that is of that year.
 */
function orderOf(sort: OwnSort, descending: boolean): SQL[] {
  const way = descending ? desc : asc;
  if (sort === 'title') return [way(libraryItems.sortTitle), way(libraryItems.id)];
  const column = {
    size: libraryItems.sizeBytes,
    added: libraryItems.newestFileAt,
    watched: libraryItems.lastWatchedAt,
    year: libraryItems.year,
  }[sort];
  return [sql`${way(column)} nulls last`, asc(libraryItems.id)];
}

const mediaRow = ({ standing, ...row }: Row, excluded: Excluded): MediaRow => {
  const status = statusOf(row.id, standing, excluded);
  return {
    ...row,
    status,
    dueAt: status === 'excluded' ? null : row.dueAt,
    excludedUntil: excluded.get(row.id) ?? null,
  };
};

function statusOf(id: ItemId, standing: Standing | null, excluded: Excluded): MediaStatus {
  if (excluded.has(id)) return 'excluded';
  return standing === null || standing === 'out-of-scope' ? 'unmanaged' : standing;
}
