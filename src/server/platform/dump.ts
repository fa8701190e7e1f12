import { createReadStream, createWriteStream, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { copyFrom, copyTo } from './copy.ts';
import { quoteName, type Connection } from './db.ts';

/**
 * A dump is the data of every table in schema `public` as gzipped SQL: a first line that names the migration it belongs
 * to, then `copy … from stdin` blocks, then the positions of sequences. The private server brings no pg_dump, so we write
 * it ourselves. To restore by hand: an empty database migrated to that step, then `gunzip -c file | psql`. The queue
 * (schema `jobs`) is left out: whatever is missing is found again by the nightly sweeps.
 */
const FIRST_LINE = /^-- keepercheky dump, schema (\S+)$/;

type Table = { name: string; columns: string[]; needs: string[] };

/** All tables as they were at one moment. Written aside and renamed, so a dump that exists is a whole one. */
export async function writeDump(connection: Connection, file: string, version: string): Promise<void> {
  const draft = `${file}.part`;
  try {
    await connection.query('begin isolation level repeatable read read only');
    const tables = await readTables(connection);
    await pipeline(
      Readable.from(dumpText(connection, tables, version)),
      createGzip(),
      createWriteStream(draft, { mode: 0o600 }),
    );
    await connection.query('commit');
    renameSync(draft, file);
  } catch (problem) {
    await connection.query('rollback').catch(() => undefined); // the first problem is the one worth telling
    rmSync(draft, { force: true });
    throw problem;
  }
}

/** For `migrate`: writes `<folder>/before-update-from-<migration>-<moment>.sql.gz`. */
export const dumpInto =
  (folder: string, now: () => Date = () => new Date()) =>
  async (connection: Connection, version: string): Promise<string> => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const moment = now().toISOString().replaceAll(/[:.]/g, '-');
    const file = join(folder, `before-update-from-${version}-${moment}.sql.gz`);
    await writeDump(connection, file, version);
    return file;
  };

async function* dumpText(
  connection: Connection,
  tables: readonly Table[],
  version: string,
): AsyncGenerator<string | Buffer> {
  yield `-- keepercheky dump, schema ${version}\n`;
  for (const { name, columns } of tables) {
    const target = `${quoteName(name)} (${columns.map(quoteName).join(', ')})`;
    yield `copy ${target} from stdin;\n`;
    yield* copyTo(connection, `copy ${target} to stdout`);
    yield '\\.\n';
  }
  for (const statement of await readSequences(connection)) yield `${statement};\n`;
}

/** The migration a dump belongs to, read from its first line. */
export async function dumpVersion(file: string): Promise<string> {
  for await (const line of linesOf(file)) {
    const version = FIRST_LINE.exec(line)?.[1];
    if (version === undefined) break;
    return version;
  }
  throw new Error(`${file} is not a dump of this program`);
}

/** Into a database that was just migrated to `dumpVersion(file)`. All or nothing. */
export async function restoreDump(connection: Connection, file: string): Promise<void> {
  await connection.query('begin');
  try {
    const tables = await readTables(connection);
    if (tables.length > 0)
      await connection.query(`truncate ${tables.map(({ name }) => quoteName(name)).join(', ')}`);
    await feed(connection, file);
    await connection.query('commit');
  } catch (problem) {
    await connection.query('rollback').catch(() => undefined); // the first problem is the one worth telling
    throw problem;
  }
}

async function feed(connection: Connection, file: string): Promise<void> {
  const lines = linesOf(file)[Symbol.asyncIterator]();
  for (let next = await lines.next(); !next.done; next = await lines.next()) {
    const line = next.value;
    if (line.startsWith('--') || line === '') continue;
    if (line.startsWith('copy ')) await copyFrom(connection, line.replace(/;$/, ''), rowsUntilEnd(lines));
    else await connection.query(line);
  }
}

/** COPY escapes line breaks inside values, so a row is a line and only the end is `\.`. */
async function* rowsUntilEnd(lines: AsyncIterator<string>): AsyncGenerator<string> {
  for (let next = await lines.next(); !next.done; next = await lines.next()) {
    if (next.value === '\\.') return;
    yield `${next.value}\n`;
  }
  throw new Error('The dump ends in the middle of a table');
}

const linesOf = (file: string): AsyncIterable<string> =>
  // A lone carriage return never occurs: COPY writes it as \r.
  createInterface({ input: createReadStream(file).pipe(createGunzip()), crlfDelay: Infinity });

/** Tables that others point to come first. A table may point to itself; COPY checks that at its end. */
async function readTables(connection: Connection): Promise<Table[]> {
  const { rows } = await connection.query<Table>(`
    select c.relname as name,
      array(select a.attname::text from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns,
      array(select f.confrelid::regclass::text from pg_constraint f
        where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid) as needs
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> 'platform_migrations'
    order by c.relname`);
  const sorted: Table[] = [];
  const visit = (table: Table, path: readonly string[]): void => {
    if (sorted.includes(table)) return;
    if (path.includes(table.name))
      throw new Error(`Tables point to each other in a circle: ${[...path, table.name].join(' → ')}`);
    for (const other of rows.filter(({ name }) => table.needs.includes(name)))
      visit(other, [...path, table.name]);
    sorted.push(table);
  };
  for (const table of rows) visit(table, []);
  return sorted;
}

async function readSequences(connection: Connection): Promise<string[]> {
  const { rows } = await connection.query<{ statement: string }>(`
    select format('select setval(%L, %s)', quote_ident(schemaname) || '.' || quote_ident(sequencename), last_value) as statement
    from pg_sequences where schemaname = 'public' and last_value is not null order by sequencename`);
  return rows.map(({ statement }) => statement);
}
