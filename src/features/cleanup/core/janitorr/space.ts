import type { DiskId } from '#core/ids.ts';
import { freePercent, type Disk } from '#features/library/core/disk.ts';
import { isWithin, tidyPath } from '#features/library/core/paths.ts';

/** `fullest`: several disks could be meant, or none, so the one that asks for most was taken. */
export type SpaceDisk = {
  diskId: DiskId;
  path: string;
  freePercent: number | null;
  found: 'chosen' | 'path' | 'fullest';
};

/**
 * The disk that Janitorr would measure: it has one folder for everything, told as its own container sees it. Null when there
 * is no disk at all.
 */
export function spaceDiskOf(folder: string, disks: readonly Disk[], chosen: DiskId | null): SpaceDisk | null {
  const picked = disks.find(({ id }) => id === chosen);
  if (picked) return asSpace(picked, 'chosen');
  const placesOf = ({ path, rootFolders }: Disk) =>
    [path, ...rootFolders].filter((place) => tidyPath(place) !== '/');
  const around = disks.filter((disk) => placesOf(disk).some((place) => isWithin(folder, place)));
  const below = disks.filter((disk) => placesOf(disk).some((place) => isWithin(place, folder)));
  const near = around.length > 0 ? around : below;
  const [only, ...others] = near;
  if (only && others.length === 0) return asSpace(only, 'path');
  const [fullest] = (near.length > 0 ? near : disks)
    .map((disk) => asSpace(disk, 'fullest'))
    .sort((a, b) => (a.freePercent ?? Infinity) - (b.freePercent ?? Infinity));
  return fullest ?? null;
}

function asSpace(disk: Disk, found: SpaceDisk['found']): SpaceDisk {
  const free = freePercent(disk);
  return { diskId: disk.id, path: disk.path, freePercent: free.known ? free.value : null, found };
}
