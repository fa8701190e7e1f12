import { chmodSync, chownSync, mkdirSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { err, ok, type Result } from '#core/result.ts';
import { findBinaries } from './embedded-postgres/binaries.ts';
import * as cluster from './embedded-postgres/cluster.ts';
import { takeLock } from './embedded-postgres/lock.ts';
import { stopOrphan } from './embedded-postgres/orphan.ts';
import { explainOutput, type StartProblem } from './embedded-postgres/problem.ts';
import { chooseRunAs, giveTo } from './embedded-postgres/run-as.ts';
import { prepareSocketFolder, removeStaleSocket, SOCKET_PORT } from './embedded-postgres/socket.ts';
import { serverArguments } from './embedded-postgres/tuning.ts';

export { describeStartProblem, type StartProblem } from './embedded-postgres/problem.ts';

/** Where the private server listens: what `openDb` needs to reach it. */
export type SocketAddress = { socketFolder: string; port: number; user: string; database: string };

export type EmbeddedPostgres = {
  address: SocketAddress;
  pid: number;
  /** Resolves when the server is gone: null after `stop`, else the reason. The program cannot go on without it. */
  ended: Promise<string | null>;
  stop: () => Promise<void>;
};

export type EmbeddedPostgresOptions = {
  dataDir: string;
  log?: (line: string) => void;
  /** For tests: no fsync. A power cut may lose everything. */
  forgetful?: boolean;
};

/**
 * Starts the private PostgreSQL of a data folder (made on the first start) and returns when it answers.
 * Everything of it lies in `<dataDir>/postgres`: `cluster` (its files), `run` (its socket), `lock` (who uses it).
 * `openDb` makes the database itself.
 */
export async function openEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<Result<EmbeddedPostgres, StartProblem>> {
  const binaries = await findBinaries();
  if (!binaries.ok) return binaries;

  let home: string;
  try {
    home = prepareHome(options.dataDir);
  } catch (problem) {
    return asStartProblem(options.dataDir, problem);
  }
  const runAs = chooseRunAs(options.dataDir, home, binaries.value.postgres);
  if (!runAs.ok) return runAs;

  const taken = await takeLock(join(home, 'lock')).then(
    (lock) => (lock.ok ? lock : err({ code: 'postgres.held' as const, holder: lock.error })),
    (problem: unknown) => asStartProblem(home, problem),
  );
  if (!taken.ok) return taken;

  const { release } = taken.value;
  const target = {
    folder: join(home, 'cluster'),
    binaries: binaries.value,
    runAs: runAs.value,
    forgetful: options.forgetful ?? false,
  };
  const started = await startLocked(home, target, options.log ?? (() => undefined)).catch(
    (problem: unknown) => asStartProblem(home, problem),
  );
  if (!started.ok) {
    release();
    return started;
  }
  const { server, socketFolder } = started.value;
  return ok({
    address: { socketFolder, port: SOCKET_PORT, user: cluster.ROLE, database: 'keepercheky' },
    pid: server.pid,
    ended: server.ended,
    stop: async () => {
      await server.stop();
      release();
    },
  });
}

async function startLocked(
  home: string,
  target: cluster.Cluster,
  log: (line: string) => void,
): Promise<Result<{ server: cluster.Server; socketFolder: string }, StartProblem>> {
  cluster.removeDrafts(home);
  if (cluster.isInitialised(target.folder)) {
    const problem = (await cluster.versionMismatch(target)) ?? (await stopOrphan(target.folder));
    if (problem) return err(problem);
    giveTo(target.runAs.owner, target.folder);
  } else {
    const made = await cluster.initialise(target);
    if (!made.ok) return made;
  }

  const socketFolder = prepareSocketFolder(home, target.runAs.owner);
  if (!socketFolder.ok) return socketFolder;
  removeStaleSocket(socketFolder.value);
  const server = await cluster.startServer(
    target,
    serverArguments(socketFolder.value, target.forgetful),
    log,
  );
  return server.ok ? ok({ server: server.value, socketFolder: socketFolder.value }) : server;
}

/** Others may pass through but not look around; the folders inside are private to the user the server runs as. */
function prepareHome(dataDir: string): string {
  const home = join(dataDir, 'postgres');
  mkdirSync(home, { recursive: true });
  chmodSync(home, 0o711);
  // Once started by root, later by the owner of the folder: then the owner must be able to lock it.
  const { uid, gid } = statSync(dataDir);
  if (process.getuid?.() === 0 && uid !== 0) chownSync(home, uid, gid);
  return realpathSync(home);
}

/** A full disk also shows up in our own writes; anything else is a broken machine and thrown on. */
function asStartProblem(folder: string, problem: unknown): Result<never, StartProblem> {
  const explained = explainOutput(folder, String(problem));
  if (explained.code === 'postgres.disk-full') return err(explained);
  throw problem;
}
