import { stat, statfs } from 'node:fs/promises';
import { known, unknown, type Fact } from '#core/fact.ts';

type Space = { deviceId: string; freeBytes: number; totalBytes: number };

/** A network share that hangs must not hang whoever asks. */
const PATIENCE_MS = 5_000;

/** The file system a folder is on. `deviceId` tells whether two folders share one; free is what an ordinary user may fill. */
export async function freeSpace(path: string): Promise<Fact<Space>> {
  try {
    return await withPatience(measure(path));
  } catch (problem) {
    const { code } = problem as NodeJS.ErrnoException;
    return unknown(code === 'ENOENT' || code === 'ENOTDIR' ? 'not-here' : 'not-readable');
  }
}

async function measure(path: string): Promise<Fact<Space>> {
  const [place, space] = await Promise.all([stat(path, { bigint: true }), statfs(path, { bigint: true })]);
  if (!place.isDirectory()) return unknown('not-here');
  return known({
    deviceId: String(place.dev),
    freeBytes: Number(space.bavail * space.bsize),
    totalBytes: Number(space.blocks * space.bsize),
  });
}

async function withPatience<T>(work: Promise<Fact<T>>): Promise<Fact<T>> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Fact<T>>((resolve) => {
    timer = setTimeout(() => resolve(unknown('not-readable')), PATIENCE_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Whether something is there. Only a plain "no such file" means no; a share that hangs or refuses is unknown. */
export async function exists(path: string): Promise<Fact<boolean>> {
  try {
    return await withPatience(stat(path).then(() => known(true)));
  } catch (problem) {
    const { code } = problem as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR' ? known(false) : unknown('not-readable');
  }
}

type FileHere = {
  device: string;
  inode: string;
  /** Hard links: 1 means that nothing else holds the bytes. */
  names: number;
  sizeBytes: number;
  changedAtMs: number;
};

/** A file by what makes it this file, whatever its name; null when there is none. A folder is not a file. */
export async function fileAt(path: string): Promise<Fact<FileHere | null>> {
  try {
    return await withPatience(measureFile(path));
  } catch (problem) {
    const { code } = problem as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR' ? known(null) : unknown('not-readable');
  }
}

async function measureFile(path: string): Promise<Fact<FileHere | null>> {
  // Numbers of files are larger than what a JavaScript number holds exactly on some file systems (ZFS, NFS, btrfs).
  const found = await stat(path, { bigint: true });
  if (!found.isFile()) return known(null);
  return known({
    device: String(found.dev),
    inode: String(found.ino),
    names: Number(found.nlink),
    sizeBytes: Number(found.size),
    changedAtMs: Number(found.mtimeMs),
  });
}
