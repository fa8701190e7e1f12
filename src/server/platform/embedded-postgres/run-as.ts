import { spawnSync } from 'node:child_process';
import { chownSync, lstatSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { err, ok, type Result } from '#core/result.ts';
import type { StartProblem } from './problem.ts';
import type { Owner } from './socket.ts';

/**
 * How to start a PostgreSQL program under a user it accepts. `owner` is who must own its files (null: we ourselves).
 * `command` rewrites what to spawn, `identity` goes into the spawn options.
 */
export type RunAs = {
  how: 'ourselves' | 'other user' | 'other user with read rights' | 'user namespace';
  owner: Owner | null;
  identity: { uid?: number; gid?: number };
  command: (program: string, args: readonly string[]) => [string, string[]];
};

const asIs: RunAs['command'] = (program, args) => [program, [...args]];

/**
 * PostgreSQL refuses to run as root, so root needs somebody else. In order of preference, each one tried before it is taken:
 * 1. simply that user, with no rights beyond its own;
 * 2. that user plus CAP_DAC_READ_SEARCH, when the program or the data lie below a folder it may not enter (/root has mode 700).
 *    It may read what root may read, but write only its own files. access(2) drops capabilities when the real user is not
 *    root, and initdb looks for postgres with access(2): hence `no_setuid_fixup`;
 * 3. root's own files seen as another user in a user namespace, where setpriv is missing or may not give capabilities.
 */
export function chooseRunAs(dataDir: string, home: string, postgres: string): Result<RunAs, StartProblem> {
  if (process.getuid?.() !== 0) return ok({ how: 'ourselves', owner: null, identity: {}, command: asIs });

  const owner = chooseUser(dataDir);
  const tried: string[] = [];
  for (const candidate of [plainly(owner), withReadRights(owner), inUserNamespace(owner)]) {
    const problem = tryOut(candidate, home, postgres);
    if (problem === null) return ok(candidate);
    tried.push(`${candidate.how}: ${problem}`);
  }
  return err({ code: 'postgres.no-user-to-run-as', tried });
}

/** The owner of the data folder when that is not root, else the system user `postgres`, else `nobody`. */
function chooseUser(dataDir: string): Owner {
  const { uid, gid } = statSync(dataDir);
  if (uid !== 0) return { uid, gid };
  return lookUp('postgres') ?? lookUp('nobody') ?? { uid: 65_534, gid: 65_534 };
}

function lookUp(name: string): Owner | null {
  const line = passwd().find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid === undefined || gid === undefined || uid === '0'
    ? null
    : { uid: Number(uid), gid: Number(gid) };
}

function passwd(): string[] {
  try {
    return readFileSync('/etc/passwd', 'utf8').split('\n');
  } catch {
    return [];
  }
}

function hasName(uid: number): boolean {
  if (passwd().some((line) => line.split(':')[2] === String(uid))) return true;
  return spawnSync('id', ['-un', String(uid)], { stdio: 'ignore' }).status === 0; // names may come from a directory service
}

const plainly = (owner: Owner): RunAs => ({ how: 'other user', owner, identity: owner, command: asIs });

const withReadRights = (owner: Owner): RunAs => ({
  how: 'other user with read rights',
  owner,
  identity: {},
  command: (program, args) => [
    'setpriv',
    [
      `--reuid=${owner.uid}`,
      `--regid=${owner.gid}`,
      '--clear-groups',
      '--no-new-privs',
      '--securebits=+no_setuid_fixup',
      '--inh-caps=-all,+dac_read_search',
      '--ambient-caps=-all,+dac_read_search',
      '--bounding-set=-all,+dac_read_search',
      program,
      ...args,
    ],
  ],
});

const inUserNamespace = (owner: Owner): RunAs => ({
  how: 'user namespace',
  owner: { uid: 0, gid: 0 },
  identity: {},
  command: (program, args) => [
    'unshare',
    ['--user', `--map-user=${owner.uid}`, `--map-group=${owner.gid}`, program, ...args],
  ],
});

/**
 * initdb asks for the name of its user and stops when there is none (a data folder of user 1000 on a bare image,
 * `docker run --user 1000`). It then runs as somebody with a name, and the files are handed over afterwards.
 */
export function forInitdb(runAs: RunAs): RunAs {
  const uid = runAs.owner?.uid ?? process.getuid?.();
  if (uid === undefined || hasName(uid)) return runAs;
  const nobody = lookUp('nobody') ?? { uid: 65_534, gid: 65_534 };
  switch (runAs.how) {
    case 'ourselves':
      return { ...runAs, command: inUserNamespace(nobody).command };
    case 'other user':
      return plainly(nobody);
    case 'other user with read rights':
      return withReadRights(nobody);
    case 'user namespace':
      return inUserNamespace(nobody);
  }
}

/** Runs `postgres --version` and a look into the data folder the way the server will run; null when both work. */
function tryOut(candidate: RunAs, home: string, postgres: string): string | null {
  const attempts: readonly [string, string[]][] = [
    [postgres, ['--version']],
    ['/bin/sh', ['-c', 'cd "$0"', home]],
    ['/bin/sh', ['-c', 'test -x "$0"', postgres]],
  ];
  for (const [program, args] of attempts) {
    const [command, rest] = candidate.command(program, args);
    const done = spawnSync(command, rest, {
      ...candidate.identity,
      cwd: '/',
      encoding: 'utf8',
      timeout: 10_000,
    });
    if (done.error) return done.error.message;
    if (done.status !== 0) return done.stderr.trim().split('\n')[0] ?? `exit ${String(done.status)}`;
  }
  return null;
}

/** Makes the files of the server belong to the user it runs as. Does nothing when they already do. */
export function giveTo(owner: Owner | null, folder: string): void {
  if (!owner) return;
  const found = lstatSync(folder);
  if (found.uid === owner.uid && found.gid === owner.gid) return;
  giveAll(owner, folder);
}

function giveAll(owner: Owner, path: string): void {
  const found = lstatSync(path);
  if (found.isSymbolicLink()) return;
  if (found.isDirectory()) for (const name of readdirSync(path)) giveAll(owner, join(path, name));
  chownSync(path, owner.uid, owner.gid); // folders last, so that an interrupted walk is seen and repeated
}
