import { hash } from 'node:crypto';
import { sql, type SQL } from 'drizzle-orm';
import type { ConnectionId } from '#core/ids.ts';
import type { Transaction } from '#server/platform/db.ts';
import type { Changes } from './runs.ports.ts';
import { list, sameKeys, type SharePlan } from './share-plans.store.ts';

export type StageRow = { connectionId: ConnectionId };

/**
 * What a service told of one share. Only rows that are new or differ are put aside: in a library where nothing happened
 * that is none, and of the others it is enough to know that they came.
 */
export type Stage<Row extends StageRow> = {
  add(rows: readonly Row[]): Promise<void>;
  clear(): Promise<void>;
  /** How many of the rows that `counts` counts came as they are stored. */
  unchanged(): number;
  /** Of a stored row `t` of this connection: it did not come again. */
  isGone(connectionId: ConnectionId): Promise<SQL>;
  /** What history tells, by the key of a row: for rows that are stored, and for those that `merge` will write. */
  noteImports(connectionId: ConnectionId, imports: ReadonlyMap<string | number, Date>): Promise<void>;
  /** Writes differences only. Of what did not come again only what lies within `scope` is taken away. */
  merge(connectionId: ConnectionId, scope?: SQL): Promise<Changes>;
};

/** One statement takes this many rows: enough to be quick, small enough for a small machine. */
const BATCH = 1_000;
/** The one character that PostgreSQL takes in no text, so it stands in no key. */
const BETWEEN = '\0';

/** Tells two rows apart and nothing more; 132 bits of it are plenty. */
const digestOf = (text: string): string => hash('sha256', text, 'base64url').slice(0, 22);

export async function openStage<Row extends StageRow>(
  tx: Transaction,
  plan: SharePlan,
  counts: (row: Row) => boolean = () => true,
): Promise<Stage<Row>> {
  const { table, ownKeys, shape, stage, imported } = plan;
  const { keyRows, keyNames, isSame } = keysOf(plan);
  await createTables(tx, plan);
  const keyOf = (row: Row): string => ownKeys.map(({ of }) => String(of(row))).join(BETWEEN);
  /** Keys of what came, and how many of them are stored. */
  const came = new Set<string>();
  let stored = 0;
  let staged = 0;
  let unchanged = 0;

  /** A list that changes while it is read can tell a row twice: the first one counts. */
  const isFirst = (row: Row): boolean => {
    const before = came.size;
    return came.add(keyOf(row)).size > before;
  };

  async function take(rows: readonly Row[]): Promise<void> {
    const texts = rows.map((row) => JSON.stringify(row));
    const digests = texts.map(digestOf);
    const different = await differing(tx, plan, { rows, keys: rows.map(keyOf), digests });
    const numbers = new Set(different.map(({ row }) => row - 1));
    unchanged += rows.filter((row, index) => !numbers.has(index) && counts(row)).length;
    stored += rows.length - different.filter(({ known }) => !known).length;
    if (numbers.size === 0) return;
    staged += numbers.size;
    const fresh = [...numbers].map(
      (index) => `${(texts[index] ?? '').slice(0, -1)},"digest":"${digests[index]}"}`,
    );
    await tx.execute(
      sql`insert into ${stage} select * from json_to_recordset(${`[${fresh.join(',')}]`}::json) as s(${shape})`,
    );
  }

  const didNotCome = (): SQL =>
    sql`not exists (select from ${keyRows([...came])} as s(${keyNames}) where ${isSame})`;

  async function isGone(connectionId: ConnectionId): Promise<SQL> {
    const { rows } = await tx.execute<{ all: number }>(
      sql`select count(*)::int as all from ${table} t where t.connection_id = ${connectionId}`,
    );
    // As many as came: none is missing, which is what nearly every sync finds.
    return rows[0]?.all === stored ? sql`false` : didNotCome();
  }

  return {
    async add(rows) {
      const first = rows.filter(isFirst);
      for (let from = 0; from < first.length; from += BATCH) await take(first.slice(from, from + BATCH));
    },

    async clear() {
      came.clear();
      if (staged > 0) await tx.execute(sql`truncate ${stage}`);
      if (imported) await tx.execute(sql`truncate ${imported.told}`);
      staged = stored = unchanged = 0;
    },

    unchanged: () => unchanged,
    isGone,

    noteImports: (connectionId, imports) => noteImports(tx, plan, connectionId, imports),

    async merge(connectionId, scope) {
      const isLeft = scope ? sql`${scope} and ${didNotCome()}` : await isGone(connectionId);
      const gone = await tx.execute(
        sql`delete from ${table} t where t.connection_id = ${connectionId} and ${isLeft}`,
      );
      const removed = gone.rowCount ?? 0;
      if (staged === 0) return { added: 0, changed: 0, removed };
      return { ...(await writeStaged(tx, plan)), removed };
    },
  };
}

async function createTables(
  tx: Transaction,
  { table, keys, names, stage, imported }: SharePlan,
): Promise<void> {
  await tx.execute(
    sql`create temporary table ${stage} on commit drop as select ${list(names)} from ${table} with no data`,
  );
  await tx.execute(sql`create unique index on ${stage} (${list(keys)})`);
  if (imported)
    await tx.execute(sql`
      create temporary table ${imported.told} (id ${imported.key.type} primary key, at timestamptz(3)) on commit drop`);
}

/** Keys as a table `s`, with any number of rows. */
function keysOf({ ownKeys }: SharePlan) {
  const names = ownKeys.map(({ name }) => name);
  const keyRows = (of: readonly string[], more: readonly SQL[] = []): SQL => {
    const parts = of.map((key) => key.split(BETWEEN));
    const arrays = ownKeys.map(
      ({ type }, place) => sql`${sql.param(parts.map((part) => part[place]))}::text[]::${sql.raw(type)}[]`,
    );
    return sql`unnest(${sql.join([...arrays, ...more], sql`, `)})`;
  };
  return { keyRows, keyNames: list(names), isSame: sameKeys(names) };
}

/** Numbers, from one, of the rows that are not stored like this; `known` when one with the same key is. */
async function differing(
  tx: Transaction,
  plan: SharePlan,
  told: { rows: readonly StageRow[]; keys: readonly string[]; digests: readonly string[] },
) {
  const { keyRows, keyNames, isSame } = keysOf(plan);
  const { rows } = await tx.execute<{ row: number; known: boolean }>(sql`
    select s.row::int as row, t.connection_id is not null as known
    from ${keyRows(told.keys, [sql`${sql.param(told.digests)}::text[]`])}
      with ordinality as s(${keyNames}, digest, row)
    left join ${plan.table} t on t.connection_id = ${told.rows[0]?.connectionId} and ${isSame}
    where t.digest is distinct from s.digest`);
  return rows;
}

async function noteImports(
  tx: Transaction,
  { table, imported }: SharePlan,
  connectionId: ConnectionId,
  imports: ReadonlyMap<string | number, Date>,
): Promise<void> {
  if (!imported) throw new Error('There is no history of these');
  const { told, column, key, isBetter } = imported;
  const all = [...imports].map(([id, at]) => ({ id, at }));
  // Ten years of imports in one statement would leave its connection 10 MB larger.
  for (let from = 0; from < all.length; from += BATCH) {
    const rows = JSON.stringify(all.slice(from, from + BATCH));
    await tx.execute(
      sql`insert into ${told} select * from json_to_recordset(${rows}::json) as s(id ${key.type}, at timestamptz(3))`,
    );
  }
  await analyzeStage(tx, told);
  await tx.execute(sql`
    update ${table} t set ${column} = told.at from ${told} told
    where t.connection_id = ${connectionId} and t.${key.name} = told.id and (t.${column} is null or ${isBetter})`);
}

/** How many rows there are is all that the planner has to know: a tenth of the usual sample tells it. */
export async function analyzeStage(tx: Transaction, table: SQL): Promise<void> {
  await tx.execute(sql`set local default_statistics_target to 10`);
  await tx.execute(sql`analyze ${table}`);
  await tx.execute(sql`set local default_statistics_target to default`);
}

async function writeStaged(
  tx: Transaction,
  { table, keys, names, stage, imported, also = sql`` }: SharePlan,
): Promise<Pick<Changes, 'added' | 'changed'>> {
  const values = names.filter((name) => !keys.includes(name));
  const assign = sql.raw(values.map((name) => `"${name}" = s."${name}"`).join(', '));
  const told = imported ? sql`left join ${imported.told} told on told.id = s.${imported.key.name}` : sql``;
  const assignImport = imported
    ? sql`, ${imported.column} = case when ${imported.isOther} then s.imported_at else t.${imported.column} end`
    : sql``;
  const staged = imported
    ? sql`(select s.*, told.at as imported_at from ${stage} s ${told}) s`
    : sql`${stage} s`;
  await analyzeStage(tx, stage);
  const changed = await tx.execute(
    sql`update ${table} t set ${assign} ${assignImport} ${also} from ${staged} where ${sameKeys(keys)}`,
  );
  const added = await tx.execute(sql`
    insert into ${table} (${list(names)} ${imported ? sql`, ${imported.column}` : sql``})
    select ${list(names, 's')} ${imported ? sql`, told.at` : sql``} from ${stage} s ${told}
    where not exists (select from ${table} t where ${sameKeys(keys)})`);
  return { added: added.rowCount ?? 0, changed: changed.rowCount ?? 0 };
}
