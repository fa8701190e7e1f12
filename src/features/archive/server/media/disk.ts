import * as files from 'node:fs/promises';
import { err, ok, type Result } from '#core/result.ts';
import type { StoreMissing, StoreProblem } from '../../core/media-store.ts';

/** What the store does with files; tests put a disk in between that fills up or dies. */
export type Disk = Pick<
  typeof files,
  'open' | 'mkdir' | 'rename' | 'rm' | 'stat' | 'readFile' | 'writeFile' | 'readdir'
>;

export const realDisk: Disk = files;

export const codeOf = (problem: unknown): string | undefined => (problem as NodeJS.ErrnoException).code;

export const isNotThere = (problem: unknown): boolean =>
  ['ENOENT', 'ENOTDIR'].includes(codeOf(problem) ?? '');

export const isFull = (problem: unknown): boolean => ['ENOSPC', 'EDQUOT'].includes(codeOf(problem) ?? '');

const MISSING: Readonly<Record<string, StoreMissing>> = {
  ENOENT: 'no-folder',
  ENOTDIR: 'no-folder',
  ESTALE: 'no-folder',
  ENODEV: 'no-folder',
  ENOTCONN: 'no-folder',
  EROFS: 'not-writable',
  EACCES: 'not-writable',
  EPERM: 'not-writable',
  EIO: 'not-readable',
};

export type Place = { root: string; freeBytes: () => Promise<number> };

/** What a disk can do to anybody is a named state; what is left is a bug, and thrown on. */
export async function answered<T>(work: () => Promise<T>, place: Place): Promise<Result<T, StoreProblem>> {
  try {
    return ok(await work());
  } catch (problem) {
    const named = await nameOf(problem, place);
    if (named === null) throw problem;
    return err(named);
  }
}

export async function nameOf(problem: unknown, { root, freeBytes }: Place): Promise<StoreProblem | null> {
  if (isFull(problem)) return { code: 'store.full', path: root, freeBytes: await freeBytes() };
  const why = MISSING[codeOf(problem) ?? ''];
  return why === undefined ? null : { code: 'store.missing', path: root, why };
}

/** A rename is only sure to be there after a power cut when its folder was synced. Some file systems cannot, and need not. */
export async function syncFolder(disk: Disk, folder: string): Promise<void> {
  const handle = await disk.open(folder, 'r');
  try {
    await handle.sync();
  } catch (problem) {
    if (!['EINVAL', 'ENOTSUP', 'EPERM', 'EISDIR', 'EBADF'].includes(codeOf(problem) ?? '')) throw problem;
  } finally {
    await handle.close();
  }
}

/**
 * Says whether it was made; its own entry is only sure to stay when the folder above is synced. Never with its parents:
 * below a mount point that is empty they would be made on another disk.
 */
export async function makeFolder(disk: Disk, folder: string): Promise<boolean> {
  try {
    await disk.mkdir(folder);
    return true;
  } catch (problem) {
    if (codeOf(problem) !== 'EEXIST') throw problem;
    return false;
  }
}

export async function sizeAt(disk: Disk, path: string): Promise<number | null> {
  try {
    return (await disk.stat(path)).size;
  } catch (problem) {
    if (isNotThere(problem)) return null;
    throw problem;
  }
}
