import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aMedia } from '#tools/seed/patreon/files.ts';
import { startPatreon, type PatreonSimulator } from '#tools/simulators/patreon/start.ts';
import { readArchived } from '../../../../tests/archive/archived.ts';
import { composeArchive } from '../../../../tests/archive/composition.ts';
import { createPatientQueue } from '../../../../tests/archive/patient-queue.ts';
import { aSmallPatronage, CREATOR } from '../../../../tests/archive/world.ts';
import type { Command } from '../../../../tests/kill/archive.child.ts';
import { openTestDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { simulatedPatreon } from '../../../server/sources/harness.fake.ts';

const ROOT = new URL('../../../../', import.meta.url).pathname;
const ENTRY = join(ROOT, 'tests/kill/archive.child.ts');
const bundle = mkdtempSync(join(tmpdir(), 'keepercheky-kill-archive-'));

let patreon: PatreonSimulator;
const databases: TestDatabase[] = [];
const alive = new Set<ChildProcess>();

beforeAll(async () => {
  patreon = await startPatreon(aSmallPatronage(), { mediaFolder: join(bundle, 'made') });
  for (const seed of [1, 2, 3]) publishPhoto(seed);
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true, external: ['sharp'] },
    build: { ssr: ENTRY, outDir: bundle, minify: false },
  });
  symlinkSync(join(ROOT, 'node_modules'), join(bundle, 'node_modules'));
}, 120_000);

afterAll(async () => {
  for (const process of alive) process.kill('SIGKILL');
  await patreon.close();
  for (const database of databases) await database.close();
  rmSync(bundle, { recursive: true, force: true });
});

/** Large enough for thumbnails, which takes as long as everything else together. */
const publishPhoto = (seed: number) =>
  patreon.act.publish(CREATOR.campaignId, {
    postType: 'image_file',
    media: [
      aMedia(
        { kind: 'picture', motif: 'sky', seed, width: 900, height: 600, format: 'jpeg' },
        { id: `70900000${String(seed)}`, role: 'image', createdAt: '2026-01-01T00:00:00Z' },
      ),
    ],
  });

/** An archive that is signed in and has read nothing yet; only workers do anything in it. */
async function anEmptyArchive(name: string) {
  const database = await openTestDatabase({ maxConnections: 2 });
  databases.push(database);
  const folder = join(bundle, name);
  const { archive } = composeArchive({
    db: database.db,
    queue: createPatientQueue(() => new Date()).queue,
    folder,
    plugin: simulatedPatreon(patreon),
    now: () => new Date(),
  });
  const pacing = { minPauseMs: 0, maxPauseMs: 0, downloads: 2 };
  const added = await archive.sources.add({
    plugin: 'patreon',
    credentials: { session_id: patreon.cookie },
    settings: { ...simulatedPatreon(patreon).defaultSettings, pacing },
    cron: '0 5 * * *',
    timeZone: 'UTC',
  });
  archive.close();
  if (!added.ok) throw new Error(added.error.code);
  return { pool: database.pool, url: database.url, folder };
}

type Archive = Awaited<ReturnType<typeof anEmptyArchive>>;

function startWorker({ url, folder }: Archive, life: Partial<Command>) {
  const where = { databaseUrl: url, folder, site: patreon.url, files: patreon.cdnUrl };
  const command: Command = { ...where, dieAt: 0, diesInPicture: false, isNight: false, ...life };
  const child = spawn(process.execPath, [join(bundle, 'archive.child.js'), JSON.stringify(command)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  alive.add(child);
  const isDead = once(child, 'exit').then(() => void alive.delete(child));
  return { child, isDead, isReady: Promise.race([once(child.stdout, 'data'), isDead]) };
}

/** The minutes until a silent worker is taken for dead, its leases end, and what it had in its hands is tried again. */
async function letTimePass({ pool }: Archive): Promise<void> {
  await pool.query(
    `update jobs.job set heartbeat_on = heartbeat_on - interval '2 minutes' where state = 'active';
     update archive_turns set held_until = now();
     update archive_media_places set held_until = now()`,
  );
}

async function unended({ pool }: Archive): Promise<number> {
  await pool.query(`update jobs.job set start_after = now() where state = 'retry' and start_after > now()`);
  const { rows } = await pool.query<{ jobs: number }>(
    `select count(*)::int as jobs from jobs.job where state < 'completed'
     and (name like 'archive.%' or name like 'enrichment.%')`,
  );
  return rows[0]?.jobs ?? 0;
}

/** A worker that nobody kills, in a night in which everything is looked for that was left behind. */
async function liveOn(archive: Archive): Promise<void> {
  const { child, isReady, isDead } = startWorker(archive, { isNight: true });
  await isReady;
  await expect.poll(() => unended(archive), { timeout: 60_000, interval: 50 }).toBe(0);
  child.kill('SIGKILL');
  await isDead;
}

/** Everything that a reader would find, and everything that could be there twice. */
async function contents({ pool, folder }: Archive) {
  const { rows } = await pool.query(`
    select (select count(*)::int from archive_revisions) as revisions,
      (select count(*)::int from archive_post_media) as places,
      (select count(*)::int from archive_comments) as comments,
      (select jsonb_agg(jsonb_build_array(sha256, size_bytes, mime_type, orphaned_at) order by sha256)
        from archive_media_files) as files,
      (select jsonb_agg(jsonb_build_array(sha256, kind, state) order by sha256, kind) from enrichment_derivatives) as derived`);
  const here = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = here
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath.slice(folder.length), one.name));
  return { ...(await readArchived({ pool }, folder)), rows, paths: paths.toSorted() };
}

type Death = { dieAt: number } | { diesInPicture: true } | { during: string; afterMs: number };

/** Statements of a life, and moments of jobs: a sync takes a tenth of a second here, the others less. */
const deaths: readonly Death[] = [
  ...[3, 17, 40].map((dieAt) => ({ dieAt })),
  ...[0, 30, 80].map((afterMs) => ({ during: 'archive.sync', afterMs })),
  { diesInPicture: true },
  ...[62, 131].map((dieAt) => ({ dieAt })),
  ...[0, 9, 17].map((afterMs) => ({ during: 'archive.post', afterMs })),
  ...[0, 3, 7, 15].map((afterMs) => ({ during: 'archive.media', afterMs })),
  ...[211].map((dieAt) => ({ dieAt })),
  ...[0, 5, 11].map((afterMs) => ({ during: 'enrichment.derive', afterMs })),
];

/** Longer than the supervisor takes to give back what dead workers had in their hands. */
const LONGEST_LIFE_MS = 2_500;

async function liveAndDie(archive: Archive, death: Death): Promise<void> {
  const { child, isReady, isDead } = startWorker(archive, 'during' in death ? {} : death);
  await isReady;
  const end = performance.now() + LONGEST_LIFE_MS;
  const isOver = async () => 'during' in death && (await atWork(archive)).includes(death.during);
  while (alive.has(child) && performance.now() < end && !(await isOver())) await pause(5);
  if ('during' in death) await pause(death.afterMs);
  child.kill('SIGKILL');
  await isDead;
}

async function atWork({ pool }: Archive): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(`select name from jobs.job where state = 'active'`);
  return rows.map(({ name }) => name);
}

test('workers that are killed in the middle of everything leave the archive that was never killed', async () => {
  const untouched = await anEmptyArchive('untouched');
  await liveOn(untouched);
  const wanted = await contents(untouched);
  expect(wanted.posts.length).toBeGreaterThan(50);
  expect(wanted.paths.filter((path) => path.endsWith('.webp')).length).toBeGreaterThan(5);

  const killed = await anEmptyArchive('killed');
  const met: string[] = [];
  for (const death of deaths) {
    await liveAndDie(killed, death);
    met.push(...(await atWork(killed)));
    await letTimePass(killed);
  }
  // died with each of these in its hands
  for (const name of ['archive.sync', 'archive.post', 'archive.media', 'enrichment.derive'])
    expect(met).toContain(name);
  await liveOn(killed);
  expect(await contents(killed)).toEqual(wanted);
}, 180_000);
