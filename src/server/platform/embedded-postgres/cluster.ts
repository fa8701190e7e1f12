import { spawn, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { err, ok, type Result } from '#core/result.ts';
import type { Binaries } from './binaries.ts';
import { explainOutput, type StartProblem } from './problem.ts';
import { forInitdb, giveTo, type RunAs } from './run-as.ts';

/** The one role of the private server. Whoever reaches the socket may use it, and only we can enter its folder. */
export const ROLE = 'keepercheky';

/** Nothing of our environment: PGPORT, PGDATA or a foreign language in the messages would change what we rely on. */
const ENVIRONMENT = {
  PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin',
  LC_ALL: 'C',
  TZ: 'UTC',
  // glibc's: what a large statement used goes back at once, and is not kept by its connection. 2 to 3 MB less for each.
  MALLOC_TRIM_THRESHOLD_: '131072',
};
const KEPT_OUTPUT_CHARS = 8_000;

export type Cluster = { folder: string; binaries: Binaries; runAs: RunAs; forgetful: boolean };

export const isInitialised = (folder: string): boolean => existsSync(join(folder, 'PG_VERSION'));

/** Made aside and renamed into place: an interrupted or failed attempt never looks like a database. */
export async function initialise({
  folder,
  binaries,
  runAs,
  forgetful,
}: Cluster): Promise<Result<void, StartProblem>> {
  const draft = `${folder}.new`;
  const as = forInitdb(runAs);
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  if (as.owner) chownSync(draft, as.owner.uid, as.owner.gid);

  const [command, args] = as.command(binaries.initdb, [
    `--pgdata=${draft}`,
    `--username=${ROLE}`,
    '--auth=trust',
    '--encoding=UTF8',
    // Sorting and letter case come with PostgreSQL, so they are the same on every machine and never change under an index.
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    `--locale=${process.platform === 'linux' ? 'C.UTF-8' : 'C'}`,
    '--text-search-config=simple',
    ...(forgetful ? ['--no-sync'] : []),
  ]);
  const child = spawn(command, args, {
    ...as.identity,
    cwd: '/',
    env: ENVIRONMENT,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const said = keepOutput(child);
  const { code, reason } = await ended(child);
  if (code !== 0) {
    rmSync(draft, { recursive: true, force: true });
    return err(explainOutput(folder, said() || reason));
  }
  giveTo(runAs.owner, draft);
  renameSync(draft, folder);
  return ok(undefined);
}

/** Null when the data fits the binaries: a major version reads only its own files. */
export async function versionMismatch({ folder, binaries }: Cluster): Promise<StartProblem | null> {
  const found = readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim();
  const wanted = await majorVersion(binaries);
  return found === wanted ? null : { code: 'postgres.other-version', folder, found, wanted };
}

export type Server = {
  pid: number;
  /** Says how it ended when the server ends; a stop that we asked for gives null. */
  ended: Promise<string | null>;
  stop: () => Promise<void>;
};

export async function startServer(
  cluster: Cluster,
  args: readonly string[],
  log: (line: string) => void,
): Promise<Result<Server, StartProblem>> {
  const [command, all] = cluster.runAs.command(cluster.binaries.postgres, ['-D', cluster.folder, ...args]);
  const child = spawn(command, all, {
    ...cluster.runAs.identity,
    cwd: '/',
    env: ENVIRONMENT,
    stdio: ['ignore', 'ignore', 'pipe'],
    // Its own process group: Ctrl-C in a terminal must reach the program first, which then stops the server last.
    detached: true,
  });
  const said = keepOutput(child, log);
  const end = ended(child);
  const state: { over: boolean } = { over: false };
  void end.then(() => (state.over = true));

  while (!state.over && !isReady(cluster.folder, child.pid)) await Promise.race([wait(5), end]);
  if (state.over) return err(explainOutput(cluster.folder, said() || (await end).reason));
  return ok(running(child, end, said));
}

function running(child: ChildProcess, end: ReturnType<typeof ended>, said: () => string): Server {
  let asked = false;
  const lastWord = () => void child.kill('SIGINT'); // process.exit() without a stop
  process.once('exit', lastWord);

  return {
    pid: child.pid ?? 0,
    ended: end.then(({ reason }) => {
      process.off('exit', lastWord);
      return asked ? null : `${reason}\n${said()}`.trim();
    }),
    stop: async () => {
      asked = true;
      for (const [signal, patienceMs] of STOPPING) {
        child.kill(signal);
        if (await Promise.race([end.then(() => true), wait(patienceMs, false, { ref: false })])) return;
      }
      await end;
    },
  };
}

/** Fast shutdown, then an immediate one (the next start recovers), then the last resort. */
const STOPPING = [
  ['SIGINT', 20_000],
  ['SIGQUIT', 5_000],
  ['SIGKILL', 5_000],
] as const;

/** What pg_ctl looks at too: the eighth line of postmaster.pid. */
function isReady(folder: string, pid: number | undefined): boolean {
  try {
    const lines = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n');
    return lines[0] === String(pid) && lines[7]?.trim() === 'ready';
  } catch {
    return false;
  }
}

function keepOutput(child: ChildProcess, log?: (line: string) => void): () => string {
  let kept = '';
  let unfinished = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    kept = (kept + text).slice(-KEPT_OUTPUT_CHARS);
    const lines = (unfinished + text).split('\n');
    unfinished = lines.pop() ?? '';
    for (const line of lines) log?.(line);
  });
  return () => kept.trim();
}

const ended = (child: ChildProcess): Promise<{ code: number | null; reason: string }> =>
  new Promise((resolve) => {
    child.once('error', (problem) => resolve({ code: null, reason: problem.message }));
    child.once('close', (code, signal) =>
      resolve({ code, reason: `PostgreSQL ended with ${signal ?? `code ${String(code)}`}.` }),
    );
  });

/** Leftovers of an initdb that was killed. */
export function removeDrafts(home: string): void {
  for (const name of readdirSync(home)) {
    if (name.endsWith('.new')) rmSync(join(home, name), { recursive: true, force: true });
  }
}

async function majorVersion({ postgres }: Binaries): Promise<string> {
  const child = spawn(postgres, ['--version'], { stdio: ['ignore', 'pipe', 'ignore'], env: ENVIRONMENT });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part));
  await ended(child);
  return /(\d+)/.exec(text)?.[1] ?? '';
}
