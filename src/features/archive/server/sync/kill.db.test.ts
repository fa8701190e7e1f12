import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SourceId } from '#core/ids.ts';
import type { Command } from '../../../../../tests/kill/sync.child.ts';
import { openTestDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import { anArchive, wantedInTable } from './archive.fake.ts';
import { aMovingWorld } from './world.fake.ts';

const ENTRY = new URL('../../../../../tests/kill/sync.child.ts', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'keepercheky-kill-sync-'));
/** Not a divisor of anything in the sync, so that every kind of statement has its turn. */
const STEP = 7;

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
  await database.pool.query('create table kill_wanted (id text not null)');
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: { ssr: ENTRY, outDir: folder, minify: false },
  });
}, 120_000);
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await database.close();
});

async function anEmptyHouse(): Promise<SourceId> {
  await database.pool.query(
    'truncate archive_sources, archive_creators, archive_sync_runs, kill_wanted cascade',
  );
  return anArchive(database, aMovingWorld()).signedIn();
}

/** How many statements it made, or null when it died. */
async function live(command: Command): Promise<number | null> {
  const child = spawn(process.execPath, [join(folder, 'sync.child.js')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(`${JSON.stringify(command)}\n`);
  const said = text(child.stdout);
  await once(child, 'exit');
  return child.signalCode === 'SIGKILL' ? null : Number(await said);
}

/** Everything that a reader, and the next job, would find; ids and dates of our own left out. */
async function archived(): Promise<unknown> {
  const { rows } = await database.pool.query(`
    select p.external_id, p.title, p.readable, p.locked, p.detail_due, p.read_at is not null as read, p.comments_read_count,
      (select count(*)::int from archive_revisions r where r.post_id = p.id) as revisions,
      (select jsonb_agg(jsonb_build_array(m.external_id, m.state, m.withdrawn_at) order by m.position)
        from archive_post_media m where m.post_id = p.id) as media,
      (select jsonb_agg(c.external_id order by c.external_id) from archive_comments c where c.post_id = p.id) as comments,
      (select jsonb_agg(k.position) from archive_collection_posts k where k.post_id = p.id) as places
    from archive_posts p order by p.external_id`);
  const wanted = await database.pool.query(`
    select m.external_id, count(w.id)::int as asked from archive_post_media m left join kill_wanted w on w.id = m.id
    group by m.id, m.external_id order by m.external_id`);
  return { rows, wanted: wanted.rows };
}

test('killed before any of its statements and started again, a sync ends as if nothing had happened', async () => {
  const untouched = await anEmptyHouse();
  const statements = await live({ databaseUrl: database.url, sourceId: untouched, dieAt: 0 });
  const wanted = await archived();
  expect(wanted).toMatchObject({
    rows: [{ revisions: 1, comments: ['c1'] }, {}, { locked: true }, { comments: ['c2', 'c3'] }],
    wanted: [
      { external_id: '3-0', asked: 0 },
      { external_id: 'a', asked: 1 },
      { external_id: 'b', asked: 1 },
      { external_id: 'c', asked: 1 },
    ],
  });

  let deaths = 0;
  for (let dieAt = 2; dieAt < (statements ?? 0); dieAt += STEP) {
    const id = await anEmptyHouse();
    expect(await live({ databaseUrl: database.url, sourceId: id, dieAt })).toBeNull();
    deaths += 1;
    const next = anArchive(database, aMovingWorld(), { fetchMedia: wantedInTable });
    next.later(60_000);
    // what the dead one held is free after its lease
    await database.pool.query('update archive_turns set held_until = now()');
    expect((await next.sync(id)).end).toEqual({ is: 'done' });
    expect(await archived(), `after dying at statement ${dieAt}`).toEqual(wanted);
    const runs = await next.archive.runs.list({ sourceId: id, limit: 5 });
    expect(runs.map(({ outcome }) => outcome.is).slice(0, 1)).toEqual(['done']);
    expect(runs.filter(({ outcome }) => outcome.is === 'under-way')).toEqual([]);
  }
  expect(deaths).toBeGreaterThan(10);
}, 600_000);
