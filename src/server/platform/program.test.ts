import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createPrograms, type ProgramRun } from './program.ts';

/** Node itself stands in for the program: it is surely here. */
const programs = createPrograms({ ffmpeg: process.execPath, ffprobe: '/not/here/ffprobe' });

const run = (script: string, more: Partial<ProgramRun> = {}) =>
  programs.run('ffmpeg', { args: ['-e', script], timeoutMs: 30_000, ...more });

test('gives what the program wrote', async () => {
  const said = await run('process.stdout.write("frames")');
  expect(said.ok && said.value.toString()).toBe('frames');
});

test('a program that is not there is missing, whatever it was asked', async () => {
  expect(await programs.run('ffprobe', { args: [], timeoutMs: 1000 })).toEqual({
    ok: false,
    error: { code: 'program.missing', program: 'ffprobe' },
  });
  expect(await programs.version('ffprobe')).toBeNull();
});

test('a failure carries the last words of the program', async () => {
  const failed = await run('console.error("first\\nmoov atom not found"); process.exit(3)');
  expect(failed).toMatchObject({
    ok: false,
    error: { code: 'program.failed', reason: 'first moov atom not found' },
  });
});

test('a program that hangs is ended', async () => {
  expect(await run('setInterval(() => 0, 1000)', { timeoutMs: 200 })).toMatchObject({
    ok: false,
    error: { code: 'program.timed-out', afterMs: 200 },
  });
});

test('a program whose caller left is ended', async () => {
  const leaving = new AbortController();
  const running = run('setInterval(() => 0, 1000)', { signal: leaving.signal });
  leaving.abort();
  expect(await running).toMatchObject({ ok: false, error: { code: 'program.aborted' } });
});

test('a program that writes without end is ended', async () => {
  const endless = 'const more = () => process.stdout.write("x".repeat(65536), more); more()';
  expect(await run(endless, { mostOutputBytes: 100_000 })).toMatchObject({
    ok: false,
    error: { code: 'program.failed' },
  });
});

test('a program can be started without our environment, in which secrets stand', async () => {
  const args = ['-e', 'process.stdout.write(JSON.stringify(process.env))'];
  const said = await programs.run('node', { args, timeoutMs: 30_000, env: { TZ: 'UTC' } });
  expect(said.ok && JSON.parse(said.value.toString())).toEqual({ TZ: 'UTC' });
});

test.skipIf(process.platform !== 'linux')(
  'a program that takes more memory than it may is ended',
  async () => {
    const greedy = 'const all = []; setInterval(() => all.push(Buffer.alloc(20_000_000, 1)), 5)';
    expect(await run(greedy, { mostMemoryBytes: 200_000_000 })).toMatchObject({
      ok: false,
      error: { code: 'program.over-memory' },
    });
  },
);

test('a program that writes more files than it may is ended', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kc-program-'));
  const endless =
    'let n = 0; const more = () => { require("fs").writeFileSync(`${n++ % 50}`, Buffer.alloc(1e5)); setTimeout(more, 1); }; more()';
  const ended = await run(endless, { cwd: folder, mostFiles: { folder, bytes: 1_000_000 } });
  expect(ended).toMatchObject({
    ok: false,
    error: { code: 'program.failed', reason: 'it wrote more than it may' },
  });
  await rm(folder, { recursive: true });
});
