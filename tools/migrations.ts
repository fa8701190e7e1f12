import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

/**
 * `node tools/migrations.ts generate` writes migrations from every tables.ts; `check` fails when they differ.
 *
 * While nothing is released, `generate` remakes ONE initial migration from all tables, so a development database made
 * before says "changed" and is thrown away. After the first release, delete `remake` below: `generate` then adds a file.
 */
const ROOT = join(import.meta.dirname, '..');
/** What Drizzle cannot say: what tables need before they are made, and how they are kept on disk. */
const BEFORE = '0000_extensions';
const AFTER = '0002_storage';

type Entry = { idx: number; version: string; when: number; tag: string; breakpoints: boolean };
type Journal = { version: string; dialect: string; entries: Entry[] };

export function generate(out = join(ROOT, 'migrations')): void {
  const draft = mkdtempSync(join(tmpdir(), 'keepercheky-migrations-'));
  try {
    remake(draft);
    putInPlace(draft, out);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** Null when tables and migrations agree, else what a new migration would say. */
export function difference(): string | null {
  const draft = mkdtempSync(join(tmpdir(), 'keepercheky-migrations-'));
  try {
    cpSync(join(ROOT, 'migrations'), draft, { recursive: true });
    const before = new Set(readdirSync(draft));
    runDrizzleKit(draft, 'difference');
    const added = readdirSync(draft).find((name) => name.endsWith('.sql') && !before.has(name));
    return added === undefined ? null : readFileSync(join(draft, added), 'utf8');
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

function remake(draft: string): void {
  addHandWritten(draft, BEFORE);
  if (hasTables()) runDrizzleKit(draft, 'initial');
  addHandWritten(draft, AFTER);
  removeNoise(draft);
}

function addHandWritten(draft: string, tag: string): void {
  runDrizzleKit(draft, tag.slice('0000_'.length), '--custom');
  cpSync(join(ROOT, 'migrations', `${tag}.sql`), join(draft, `${tag}.sql`));
}

const hasTables = (): boolean => tableFiles().some((file) => readFileSync(file, 'utf8').includes('Table('));

/** The same files as the globs in drizzle.config.ts. */
export function tableFiles(): string[] {
  const features = join(ROOT, 'src/features');
  const rooms = readdirSync(features).map((feature) => join(features, feature, 'server'));
  return [...rooms, join(ROOT, 'src/server/platform')]
    .filter((room) => existsSync(room))
    .flatMap((room) =>
      (readdirSync(room, { recursive: true }) as string[])
        .filter((name) => name.endsWith('tables.ts'))
        .map((name) => join(room, name)),
    );
}

/** drizzle-kit refuses `--out` beside `--config`, hence the globs of drizzle.config.ts once more. */
function runDrizzleKit(out: string, name: string, ...more: string[]): void {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      join(ROOT, 'node_modules/drizzle-kit/bin.cjs'),
      'generate',
      '--dialect=postgresql',
      '--schema=./src/{features/*/server,server/platform}/**/*tables.ts',
      `--out=${relative(ROOT, out)}`, // it glues ./ before an absolute path
      `--name=${name}`,
      ...more,
    ],
    { cwd: ROOT, encoding: 'utf8', input: '' },
  );
  // drizzle-kit prints some failures and still ends with 0
  if (status !== 0 || /error/i.test(stderr)) throw new Error(`drizzle-kit failed:\n${stdout}${stderr}`);
}

/** Random ids and the time of day would make every run a change. */
function removeNoise(folder: string): void {
  const journalFile = join(folder, 'meta/_journal.json');
  const journal = JSON.parse(readFileSync(journalFile, 'utf8')) as Journal;
  let previous = '00000000-0000-0000-0000-000000000000';
  for (const entry of journal.entries) {
    entry.when = entry.idx;
    const file = join(folder, `meta/${entry.tag.slice(0, 4)}_snapshot.json`);
    const snapshot = JSON.parse(readFileSync(file, 'utf8')) as { id: string; prevId: string };
    const sql = readFileSync(join(folder, `${entry.tag}.sql`), 'utf8');
    const id = createHash('sha256').update(`${previous}${sql}`).digest('hex').slice(0, 32);
    snapshot.id = id.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
    snapshot.prevId = previous;
    previous = snapshot.id;
    writeFileSync(file, `${JSON.stringify(snapshot, null, 2)}\n`);
  }
  writeFileSync(journalFile, `${JSON.stringify(journal, null, 2)}\n`);
}

/** File by file with the journal last, so that a test run that starts meanwhile reads a whole state. */
function putInPlace(draft: string, out: string): void {
  mkdirSync(join(out, 'meta'), { recursive: true });
  const fresh = (readdirSync(draft, { recursive: true }) as string[]).filter((name) =>
    /[.](sql|json)$/.test(name),
  );
  for (const name of fresh.sort((a, b) => Number(a.includes('_journal')) - Number(b.includes('_journal')))) {
    cpSync(join(draft, name), join(out, `${name}.new`));
    renameSync(join(out, `${name}.new`), join(out, name));
  }
  for (const name of readdirSync(out, { recursive: true }) as string[]) {
    if (/[.](sql|json)$/.test(name) && !fresh.includes(name)) rmSync(join(out, name));
  }
}

if (import.meta.main) {
  const [command] = process.argv.slice(2);
  if (command === 'generate') {
    generate();
    process.stdout.write('migrations/ is made from the tables\n');
  } else if (command === 'check') {
    const found = difference();
    if (found !== null)
      process.stderr.write(
        `The tables are ahead of migrations/. Run: node tools/migrations.ts generate\n\n${found}\n`,
      );
    process.exitCode = found === null ? 0 : 1;
  } else {
    process.stderr.write('Use: node tools/migrations.ts generate | check\n');
    process.exitCode = 2;
  }
}
