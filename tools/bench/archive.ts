import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDb, type Database, type Pool } from '#server/platform/db.ts';
import { apiClient, signIn } from '../house/client.ts';
import { people } from '../house/move-in.ts';
import { startBuilt, type RunningProgram } from '../house/program.ts';
import { pssOf } from './memory.ts';
import type { Measurement } from './measurement.ts';

/** The corpus `bench` of the simulator: 10 000 posts with three pictures each. */
const POSTS = 10_000;
const MEDIA = 30_000;
const LOOK_EVERY_MS = 500;
/** Of the first sync so much is measured, or all of it when that is quicker: a bench that takes half an hour is never run. */
const LONGEST_MS = 4 * 60_000;

type Simulator = { url: string; cdnUrl: string; cookie: string; close: () => void };

/** In a process of its own, so that its memory and its work are not ours. */
async function openPatreon(): Promise<Simulator> {
  const command = ['tools/simulators/patreon/start.ts', '--alone', '--corpus', 'bench'];
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  const told = await new Promise<Omit<Simulator, 'close'>>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('\n')) resolve(JSON.parse(said) as Simulator);
    });
    child.once('exit', () => reject(new Error(`the simulator ended: ${said}`)));
  });
  return { ...told, close: () => child.kill() };
}

const settings = {
  pacing: { minPauseMs: 0, maxPauseMs: 0, downloads: 2 },
  userAgent: 'Patreon/126.9.0.15 (Android; Android 14; Scale/2.10)',
  mostBytes: null,
};

async function openPrivate(data: string): Promise<Database> {
  const where = { socketFolder: join(data, 'postgres', 'run'), port: 5432, user: 'keepercheky' };
  const opened = await openDb({ ...where, database: 'keepercheky' }, { maxConnections: 1 });
  if (!opened.ok) throw new Error(opened.error.code);
  return opened.value;
}

type Archived = { posts: number; media: number; bytes: number };
type Pace = Archived & { ms: number; peak: number };

const ARCHIVED = `
  select (select count(*)::int from archive_posts where read_at is not null) as posts,
    (select count(*)::int from archive_post_media where state = 'stored') as media,
    (select coalesce(sum(size_bytes), 0)::float8 from archive_media_files) as bytes`;

/** Memory is looked at on the way. The database is asked, because a ledger costs more than a post. */
async function follow({ pid }: RunningProgram, pool: Pool): Promise<Pace> {
  const begun = performance.now();
  let peak = 0;
  for (;;) {
    peak = Math.max(peak, pssOf(pid));
    const { rows } = await pool.query<Archived>(ARCHIVED);
    const sum = rows[0] ?? { posts: 0, media: 0, bytes: 0 };
    const ms = performance.now() - begun;
    if (sum.media >= MEDIA || ms > LONGEST_MS) return { ...sum, ms, peak };
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

/** A first sync without pauses: what the archive itself costs, beside the site. */
export async function measureArchive(): Promise<Measurement[]> {
  const data = mkdtempSync(join(tmpdir(), 'keepercheky-bench-'));
  const patreon = await openPatreon();
  const env = { PATREON_ADDRESSES: `${patreon.url},${patreon.cdnUrl}` };
  const program = await startBuilt({ data, env });
  try {
    await apiClient(program.address, {}).post('/setup', people.admin);
    const cookie = await signIn(program.address, people.admin.username, people.admin.password);
    const api = apiClient(program.address, { cookie });
    const { pool, close } = await openPrivate(data);
    const idle = pssOf(program.pid);
    const credentials = { session_id: patreon.cookie };
    await api.post('/sources', { plugin: 'patreon', credentials, settings, timeZone: 'UTC' });
    const pace = await follow(program, pool);
    await close();
    const seconds = pace.ms / 1000;
    const perSecond = { unit: '/s', atLeast: true };
    return [
      // Ours: the site itself is asked once in two seconds, so this is ten times what it will ever give.
      { name: `posts of ${POSTS} read whole`, value: pace.posts / seconds, budget: 5, ...perSecond },
      {
        name: `small media of ${MEDIA} stored, ${(pace.bytes / seconds / 1e3).toPrecision(2)} kB/s`,
        value: pace.media / seconds,
        budget: 5,
        ...perSecond,
      },
      {
        name: 'memory growth during a first sync of the archive (PSS)',
        value: pace.peak - idle,
        unit: 'MB',
        budget: 150,
      },
    ];
  } finally {
    await program.stop();
    patreon.close();
    rmSync(data, { recursive: true, force: true });
  }
}
