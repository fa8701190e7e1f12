import { createReadStream } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, join, parse, posix, sep } from 'node:path';
import { err, ok, type Result } from '#core/result.ts';
import type { DownloadProblem } from '#features/archive/core/media.ts';
import type { SourcePicture } from '#features/archive/core/post.ts';
import type { SourceProblem } from '#features/archive/core/source-problem.ts';
import type { Download, DownloadWish } from '#features/archive/server/ports.ts';
import { kindOfFile } from './kinds.ts';

const OUTSIDE = 'OUTSIDE';

/** What the disk says in our words. A folder that is not there may be a disk that is not mounted: it is no empty list. */
export async function askDisk<T, E = SourceProblem>(
  root: string,
  signal: AbortSignal,
  ask: () => Promise<Result<T, E | SourceProblem>>,
): Promise<Result<T, E | SourceProblem>> {
  if (signal.aborted) return err({ code: 'source.aborted' });
  try {
    return await ask();
  } catch (error) {
    return err(hasLeft(signal) ? { code: 'source.aborted' } : await problemOf(error, root));
  }
}

/** It may have, since it was looked at before. */
const hasLeft = (signal: AbortSignal): boolean => signal.aborted;

async function problemOf(error: unknown, root: string): Promise<SourceProblem> {
  const code = codeOf(error);
  if (code === null) throw error;
  if (code === OUTSIDE || code === 'EACCES' || code === 'EPERM') return { code: 'source.forbidden' };
  const isThere = code === 'ENOENT' && (await stat(root).catch(() => null)) !== null;
  return isThere ? { code: 'source.not-found' } : { code: 'source.unreachable', reason: code };
}

export const codeOf = (error: unknown): string | null =>
  error instanceof Error && 'code' in error ? String(error.code) : null;

/** Where it really is, links followed: what a text names must not lead out of the folder. */
export async function within(root: string, path: string): Promise<string> {
  const [home, real] = await Promise.all([realpath(root), realpath(join(root, path))]);
  if (real !== home && !real.startsWith(home + sep)) throw Object.assign(new Error(path), { code: OUTSIDE });
  return real;
}

/** `avatar.jpg` or `cover.png` in a folder. One that cannot be looked at is none, and hides nobody. */
export async function pictureIn(root: string, folder: string, called: string): Promise<SourcePicture | null> {
  try {
    const names = await readdir(await within(root, folder));
    const name = names.find((one) => kindOfFile(one) === 'image' && parse(one).name === called);
    if (name === undefined) return null;
    const address = posix.join(folder, name);
    return { address, version: versionOf(await stat(await within(root, address))) };
  } catch {
    return null;
  }
}

export const versionOf = ({ size, mtimeMs }: { size: number; mtimeMs: number }): string =>
  `${size}-${mtimeMs}`;

export async function openFile(
  root: string,
  name: string,
  from: Pick<DownloadWish, 'fromByte' | 'validator'> | null,
  { mostBytes }: { mostBytes: number | null },
): Promise<Result<Download, DownloadProblem>> {
  const path = await within(root, name);
  const found = await stat(path);
  if (!found.isFile()) return err({ code: 'source.not-found' });
  if (mostBytes !== null && found.size > mostBytes)
    return err({ code: 'download.too-large', limitBytes: mostBytes });
  const validator = versionOf(found);
  const start = from?.validator === validator && from.fromByte < found.size ? from.fromByte : 0;
  return ok({
    body: createReadStream(path, { start }),
    fromByte: start,
    sizeBytes: found.size,
    mimeType: null,
    fileName: basename(path),
    validator,
  });
}
