import type { ConnectionId, DiskId } from '#core/ids.ts';
import { mapFact, type Fact } from '#core/fact.ts';
import { addDays } from '#core/time-span.ts';
import type { Disk } from '#features/library/core/disk.ts';
import { deepest, isWithin } from '#features/library/core/paths.ts';
import type { RecycleBin } from '../removal/title-settings.ts';

/** What went lately, as far as the space it leaves matters. */
export type GoneLately = {
  connectionId: ConnectionId;
  /** The folder of the title, as its service sees it. */
  path: string;
  bytes: number;
  /** Of these, what something else still has a name for: a torrent that seeds on, a copy by hard link. */
  heldBytes: number;
  at: Date;
  /** Null when its service deletes for good; unknown when it could not be asked. */
  bin: Fact<RecycleBin | null>;
};

/** A disk as plans see it: `freeBytes` counts what comes free by itself, of which there is so much. */
export type PlannedDisk = Disk & { comingFreeBytes?: number };

type PlacedDisk = Disk & {
  readAt: Date;
  folders: readonly { connectionId: ConnectionId; path: string }[];
};

/** Radarr and Sonarr empty a bin once a day, so the last of it goes a day later. */
const EMPTYING_DAYS = 1;
/** Their own number of days, for a bin that nobody could ask about. */
const USUAL_BIN_DAYS = 7;
/** What only a person can let go, from a bin or from a torrent: a month's grace, and then the disk may ask for more. */
const BY_HAND_DAYS = 30;

/** So far back a bin can still hold something; more than a year nobody keeps one. */
export const LONGEST_IN_BIN_DAYS = 366;

/**
 * What lies in a recycle bin takes room until it is emptied, what a torrent holds until that ends, and what went after the
 * disk was last looked at is not in its numbers yet. All of it went, and is not there to be seen. A plan that did not know would take as much again every night,
 * until nothing is left that may go.
 */
export function withComingFree(
  disks: readonly PlacedDisk[],
  gone: readonly GoneLately[],
  now: Date,
): PlannedDisk[] {
  const coming = new Map<DiskId, number>();
  for (const one of gone) {
    const disk = diskOf(one, disks);
    if (disk === null) continue;
    const isWhole = isStillThere(one, disk, { disks, now });
    const held = now < addDays(one.at, BY_HAND_DAYS) ? one.heldBytes : 0;
    coming.set(disk.id, (coming.get(disk.id) ?? 0) + (isWhole ? one.bytes : held));
  }
  return disks.map((disk) => {
    const comingFreeBytes = coming.get(disk.id) ?? 0;
    if (comingFreeBytes <= 0) return disk;
    const { freeBytes, totalBytes } = disk;
    const most = totalBytes.known ? totalBytes.value : Infinity;
    const free = mapFact(freeBytes, (bytes) => Math.min(most, bytes + comingFreeBytes));
    return { ...disk, freeBytes: free, comingFreeBytes };
  });
}

function isStillThere(
  { connectionId, at, bin }: GoneLately,
  disk: PlacedDisk,
  { disks, now }: { disks: readonly PlacedDisk[]; now: Date },
): boolean {
  if (at >= disk.readAt) return true;
  if (!bin.known) return now < addDays(at, USUAL_BIN_DAYS + EMPTYING_DAYS);
  if (bin.value === null) return false;
  const elsewhere = diskOf({ connectionId, path: bin.value.path }, disks);
  if (elsewhere !== null && elsewhere.id !== disk.id) return false; // it left this disk at once
  const days = bin.value.cleanupDays > 0 ? bin.value.cleanupDays + EMPTYING_DAYS : BY_HAND_DAYS;
  return now < addDays(at, days);
}

function diskOf(
  { connectionId, path }: Pick<GoneLately, 'connectionId' | 'path'>,
  disks: readonly PlacedDisk[],
): PlacedDisk | null {
  const places = disks.flatMap((disk) =>
    disk.folders.flatMap((folder) =>
      folder.connectionId === connectionId && isWithin(path, folder.path)
        ? [{ disk, path: folder.path }]
        : [],
    ),
  );
  return deepest(path, places, (place) => place.path)?.disk ?? null;
}
