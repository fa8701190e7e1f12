import { createHash } from 'node:crypto';
import { chownSync, lstatSync, mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { err, ok, type Result } from '#core/result.ts';
import type { StartProblem } from './problem.ts';

/** PostgreSQL names its socket after a port even when it listens on none. */
export const SOCKET_PORT = 5432;
/** sun_path holds 108 bytes on Linux and 104 on macOS, the closing zero included. */
const LONGEST_PATH = process.platform === 'darwin' ? 103 : 107;

export const socketFits = (folder: string): boolean =>
  Buffer.byteLength(join(folder, `.s.PGSQL.${SOCKET_PORT}`)) <= LONGEST_PATH;

export type Owner = { uid: number; gid: number };

/** The folder of the socket: inside the data folder, or a short private one when that path is too long for a socket. */
export function prepareSocketFolder(home: string, owner: Owner | null): Result<string, StartProblem> {
  const inside = join(home, 'run');
  if (socketFits(inside)) return privateFolder(inside, owner);

  const name = `keepercheky-${createHash('sha256').update(home).digest('hex').slice(0, 16)}`;
  const outside = [tmpdir(), '/tmp'].map((base) => join(base, name)).find(socketFits);
  return privateFolder(outside ?? join('/tmp', name), owner);
}

/**
 * What a killed server leaves. PostgreSQL asks only whether the pid in it exists, so a zombie or a reused pid would stop
 * the start. The caller holds the lock of the data folder and has stopped its orphan: nobody listens here.
 */
export function removeStaleSocket(folder: string): void {
  for (const end of ['', '.lock']) rmSync(join(folder, `.s.PGSQL.${SOCKET_PORT}${end}`), { force: true });
}

/** Whoever can write here can stand in for the database, and the server trusts whoever reaches its socket. */
function privateFolder(folder: string, owner: Owner | null): Result<string, StartProblem> {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (problem) {
    if ((problem as NodeJS.ErrnoException).code !== 'EEXIST') throw problem;
  }
  const ownUid = process.getuid?.() ?? lstatSync(folder).uid;
  const wrong = whyNotPrivate(folder, [ownUid, owner?.uid ?? ownUid]);
  if (wrong !== null) return err({ code: 'postgres.socket-folder-not-private', folder, reason: wrong });
  if (owner) chownSync(folder, owner.uid, owner.gid);
  return ok(folder);
}

function whyNotPrivate(folder: string, allowed: readonly number[]): string | null {
  const found = lstatSync(folder); // not stat: a link would lead elsewhere
  if (!found.isDirectory()) return 'is not a folder';
  if ((found.mode & 0o077) !== 0) return 'is open to other users';
  return allowed.includes(found.uid) ? null : `belongs to another user (${found.uid})`;
}
