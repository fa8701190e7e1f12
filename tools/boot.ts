/**
 * The gate that starts the built program as people do: wait for /health, send SIGTERM, expect a clean end and nothing
 * left running. What it started is told by the process group.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';

const START_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 10_000;

const root = join(import.meta.dirname, '..');
const data = mkdtempSync(join(tmpdir(), 'keepercheky-boot-'));

function fail(reason: string): never {
  console.error(reason);
  process.exit(1);
}

const program = spawn('npm', ['start', '--', '--port', '0', '--host', '127.0.0.1', '--data', data], {
  cwd: root,
  detached: true,
  stdio: ['ignore', 'pipe', 'inherit'],
});
const pid = program.pid ?? fail('npm could not be started');
process.on('exit', () => {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // the whole group has ended, as it should
  }
  rmSync(data, { recursive: true, force: true });
});

const tooSlow = setTimeout(() => fail(`no address after ${START_WITHIN_MS} ms`), START_WITHIN_MS);
let said = '';
const address = await new Promise<string>((resolve) => {
  program.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    const found = /ready: (http:\S+)/.exec(said);
    if (found?.[1]) resolve(found[1]);
  });
  program.on('exit', () => fail(`the program ended before it was ready:\n${said}`));
});
clearTimeout(tooSlow);
program.removeAllListeners('exit');

const health = await fetch(`${address}/health`);
const report = (await health.json()) as { status: string };
if (health.status !== 200 || report.status !== 'ok') fail(`/health says ${JSON.stringify(report)}`);

const begun = Date.now();
const ended = once(program, 'exit');
process.kill(pid, 'SIGTERM');
const tooLong = setTimeout(() => fail(`still running ${STOP_WITHIN_MS} ms after SIGTERM`), STOP_WITHIN_MS);
await ended;
while (groupLives()) await new Promise((resolve) => setTimeout(resolve, 50));
clearTimeout(tooLong);
console.log(`started, answered and stopped in ${Date.now() - begun} ms after SIGTERM`);

function groupLives(): boolean {
  try {
    process.kill(-pid, 0);
    return true;
  } catch {
    return false;
  }
}
