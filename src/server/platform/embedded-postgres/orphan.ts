import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { anyoneWorksIn, worksIn } from './process-identity.ts';
import type { StartProblem } from './problem.ts';

/**
 * When the program is killed outright, its server lives on. The next start stops it instead of adopting it: it may
 * run with older settings, its messages go nowhere, and nobody would notice its end. Costs about 100 ms, once.
 * The caller holds the lock of the folder, so no living program uses this server.
 */
export async function stopOrphan(folder: string): Promise<StartProblem | null> {
  const file = join(folder, 'postmaster.pid');
  const pid = readPid(file);
  if (pid !== null && worksIn(pid, folder)) {
    for (const [signal, patienceMs] of [
      ['SIGINT', 30_000],
      ['SIGQUIT', 5_000],
    ] as const) {
      end(pid, signal);
      if (await becomes(() => !worksIn(pid, folder), patienceMs)) break;
    }
    if (worksIn(pid, folder)) return { code: 'postgres.orphan-does-not-stop', pid };
  }

  // Backends of a killed postmaster end by themselves within moments; a server started meanwhile would refuse.
  await becomes(() => !anyoneWorksIn(folder), 5_000);
  // Its pid may belong to an unrelated process by now, which PostgreSQL would take for a running server.
  if (pid !== null && !anyoneWorksIn(folder)) rmSync(file, { force: true });
  return null;
}

function readPid(file: string): number | null {
  try {
    const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
    return Number.isInteger(pid) && pid > 0 ? pid : null;
  } catch {
    return null;
  }
}

function end(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // it ended between the look and the signal
  }
}

async function becomes(condition: () => boolean, patienceMs: number): Promise<boolean> {
  const until = Date.now() + patienceMs;
  while (!condition()) {
    if (Date.now() > until) return false;
    await wait(20);
  }
  return true;
}
