import type { Fact } from '#core/fact.ts';
import type { DiskId } from '#core/ids.ts';

/** A file system that holds root folders. Two services that see the same one are one disk (T-13). */
export type Disk = {
  id: DiskId;
  /** As the service sees it. */
  path: string;
  totalBytes: Fact<number>;
  freeBytes: Fact<number>;
  /** `own`: measured by this program, because the folder is mounted here. `service`: as Radarr or Sonarr told. */
  measuredBy: 'own' | 'service';
  rootFolders: readonly string[];
};

export const freePercent = (disk: Pick<Disk, 'totalBytes' | 'freeBytes'>): Fact<number> => {
  if (!disk.freeBytes.known) return disk.freeBytes;
  if (!disk.totalBytes.known) return disk.totalBytes;
  if (disk.totalBytes.value <= 0) return { known: false, why: 'disk-size-zero' }; // J-40: never NaN
  return { known: true, value: (disk.freeBytes.value / disk.totalBytes.value) * 100 };
};
