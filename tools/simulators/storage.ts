import type { Household } from '../seed/household.ts';
import { isWithin } from '../seed/paths.ts';

type Content = { sizeBytes: number; names: number; disk: DiskUse; inode: number };
type DiskUse = { path: string; totalBytes: number; usedBytes: number };

/** The simulated disks. Two names of one file share its bytes, so taking one away frees nothing (T-62). */
export type Storage = {
  disks: readonly DiskUse[];
  has: (path: string) => boolean;
  sizeOf: (path: string) => number;
  /** As `stat` tells it: two names of one file have one number. */
  lookAt: (path: string) => { device: string; inode: string; names: number; sizeBytes: number } | null;
  isEmpty: (folder: string) => boolean;
  diskOf: (path: string) => DiskUse;
  write: (path: string, sizeBytes: number) => void;
  link: (path: string, to: string) => void;
  move: (from: string, to: string) => void;
  remove: (path: string) => void;
  /** The folder with all that lies in it; how many files that were. */
  removeFolder: (folder: string) => number;
  list: (folder: string) => string[];
};

export function createStorage(disks: Household['disks']): Storage {
  const uses = disks.map(({ path, totalBytes, otherBytes }): DiskUse => ({
    path,
    totalBytes,
    usedBytes: otherBytes,
  }));
  const files = new Map<string, Content>();
  let inodes = 1000;
  const fallback: DiskUse = { path: '/', totalBytes: 64e9, usedBytes: 22e9 };

  const diskOf = (path: string): DiskUse => uses.find((disk) => isWithin(disk.path, path)) ?? fallback;

  const write = (path: string, sizeBytes: number): void => {
    remove(path);
    const disk = diskOf(path);
    inodes += 1;
    files.set(path, { sizeBytes, names: 1, disk, inode: inodes });
    disk.usedBytes += sizeBytes;
  };

  const remove = (path: string): void => {
    const content = files.get(path);
    if (!content) return;
    files.delete(path);
    content.names -= 1;
    if (content.names === 0) content.disk.usedBytes -= content.sizeBytes;
  };

  const list = (folder: string): string[] => [...files.keys()].filter((path) => isWithin(folder, path));

  return {
    disks: uses,
    has: (path) => files.has(path),
    sizeOf: (path) => files.get(path)?.sizeBytes ?? 0,
    lookAt: (path) => {
      const content = files.get(path);
      if (!content) return null;
      const { names, sizeBytes, inode, disk } = content;
      return { device: disk.path, inode: String(inode), names, sizeBytes };
    },
    isEmpty: (folder) => {
      for (const path of files.keys()) if (isWithin(folder, path)) return false;
      return true;
    },
    diskOf,
    write,
    link(path, to) {
      const content = files.get(to);
      if (!content) return write(path, 0);
      files.set(path, content);
      content.names += 1;
    },
    move(from, to) {
      const content = files.get(from);
      if (!content) return;
      files.delete(from);
      files.set(to, content);
    },
    remove,
    removeFolder(folder) {
      const gone = list(folder);
      gone.forEach(remove);
      return gone.length;
    },
    list,
  };
}

/** Puts everything the household says it has on the disks. */
export function fillStorage(storage: Storage, household: Household): void {
  for (const movie of household.radarrs.flatMap((radarr) => radarr.movies)) {
    if (movie.file) storage.write(movie.file.path, movie.file.sizeBytes);
  }
  for (const show of household.sonarr.shows) {
    for (const file of show.files) storage.write(file.path, file.sizeBytes);
  }
  for (const { path, sizeBytes, linkTo } of household.extraFiles) {
    if (linkTo) storage.link(path, linkTo);
    else storage.write(path, sizeBytes);
  }
}
