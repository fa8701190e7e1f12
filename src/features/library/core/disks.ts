import { known, unknown, type Fact } from '#core/fact.ts';
import type { ConnectionId, DiskId } from '#core/ids.ts';
import type { Disk } from './disk.ts';
import { deepest, tidyPath } from './paths.ts';

export type Space = { deviceId: string; freeBytes: number; totalBytes: number };

/** What one Radarr or Sonarr says of its disks, with what this program measured at its root folders. */
export type StorageTold = {
  connectionId: ConnectionId;
  mounts: readonly { path: string; freeBytes: number | null; totalBytes: number | null }[];
  rootFolders: readonly {
    path: string;
    /** As this program sees it. */
    ours: string;
    accessible: boolean;
    freeBytes: number | null;
    own: Fact<Space>;
  }[];
};

export type RootFolder = { connectionId: ConnectionId; path: string };
export type GroupedDisk = Disk & { folders: readonly RootFolder[] };

type Place = RootFolder & {
  ours: string;
  mount: string;
  totalBytes: Fact<number>;
  freeBytes: Fact<number>;
  measuredBy: Disk['measuredBy'];
  deviceId: string | null;
};

/**
 * Root folders on one file system are one disk, whoever uses them (T-13). Nothing unreadable becomes a number.
 * A disk keeps the id it had while it keeps one of its root folders, so that policies and trends stay with it.
 */
export function groupDisks(told: readonly StorageTold[], before: readonly GroupedDisk[] = []): GroupedDisk[] {
  const groups: Place[][] = [];
  for (const place of told.flatMap(placesOf)) {
    const group = groups.find((places) => places.some((other) => sameDisk(other, place)));
    if (group) group.push(place);
    else groups.push([place]);
  }
  const taken = new Set<string>();
  return groups.map((places) => diskOf(places, before, taken));
}

function placesOf({ connectionId, mounts, rootFolders }: StorageTold): Place[] {
  return rootFolders.map((folder) => {
    const { path, ours } = folder;
    const mount = deepest(path, mounts, (candidate) => candidate.path);
    const place = { connectionId, path, ours, mount: tidyPath(mount?.path ?? path) };
    if (folder.own.known) {
      const { totalBytes, freeBytes, deviceId } = folder.own.value;
      return { ...place, ...sizes(totalBytes, freeBytes), measuredBy: 'own' as const, deviceId };
    }
    const said = folder.accessible
      ? sizes(mount?.totalBytes ?? null, folder.freeBytes ?? mount?.freeBytes ?? null)
      : {
          totalBytes: unknown('root-folder-not-accessible'),
          freeBytes: unknown('root-folder-not-accessible'),
        };
    return { ...place, ...said, measuredBy: 'service' as const, deviceId: null };
  });
}

/** T-13, J-40: a size of nothing is a reading that failed. */
function sizes(
  total: number | null,
  free: number | null,
): { totalBytes: Fact<number>; freeBytes: Fact<number> } {
  if (total !== null && total <= 0)
    return { totalBytes: unknown('disk-size-zero'), freeBytes: unknown('disk-size-zero') };
  return {
    totalBytes: total === null ? unknown('disk-size-not-told') : known(total),
    freeBytes: free === null || free < 0 ? unknown('disk-free-not-told') : known(free),
  };
}

/** Two services are asked some seconds apart, in which a download may have written this much. */
const MAY_DIFFER_BYTES = 256 * 1024 * 1024;

function sameDisk(a: Place, b: Place): boolean {
  if (a.deviceId !== null && b.deviceId !== null) return a.deviceId === b.deviceId;
  if (a.connectionId === b.connectionId) return a.mount === b.mount;
  if (tidyPath(a.ours) === tidyPath(b.ours)) return true;
  if (!a.totalBytes.known || !b.totalBytes.known || !a.freeBytes.known || !b.freeBytes.known) return false;
  const near = Math.abs(a.freeBytes.value - b.freeBytes.value) <= MAY_DIFFER_BYTES;
  return near && a.totalBytes.value === b.totalBytes.value;
}

function diskOf(places: readonly Place[], before: readonly GroupedDisk[], taken: Set<string>): GroupedDisk {
  // Our own measurement is the best; after it whichever service could read at all.
  const best =
    places.find((place) => place.measuredBy === 'own') ??
    places.find((place) => place.freeBytes.known && place.totalBytes.known) ??
    places.find((place) => place.freeBytes.known) ??
    places[0];
  const old = before.find(
    ({ id, folders }) => !taken.has(id) && folders.some((folder) => places.some(sameFolder(folder))),
  );
  const id = old?.id ?? freshId(places[0], taken, before);
  taken.add(id);
  const nothing = unknown('disk-free-not-told');
  return {
    id,
    path: best?.mount ?? '/',
    totalBytes: best?.totalBytes ?? nothing,
    freeBytes: best?.freeBytes ?? nothing,
    measuredBy: best?.measuredBy ?? 'service',
    rootFolders: [...new Set(places.map((place) => place.path))],
    folders: places.map(({ connectionId, path }) => ({ connectionId, path })),
  };
}

const sameFolder = (a: RootFolder) => (b: RootFolder) =>
  a.connectionId === b.connectionId && tidyPath(a.path) === tidyPath(b.path);

function freshId(
  place: Place | undefined,
  taken: ReadonlySet<string>,
  before: readonly GroupedDisk[],
): DiskId {
  const words = (place?.mount ?? '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  const name = `${place?.connectionId ?? 'disk'}-${words || 'root'}`;
  const used = (id: string) => taken.has(id) || before.some((disk) => disk.id === id);
  let number = 1;
  while (used(numbered(name, number))) number += 1;
  return numbered(name, number) as DiskId;
}

const numbered = (name: string, number: number) => (number === 1 ? name : `${name}-${number}`);

/** The disk that a title's root folder is on; null when the service did not list that folder. */
export function diskOfFolder(disks: readonly GroupedDisk[], folder: RootFolder): DiskId | null {
  const own = disks.flatMap(({ id, folders }) =>
    folders
      .filter((other) => other.connectionId === folder.connectionId)
      .map((other) => ({ id, path: other.path })),
  );
  return deepest(folder.path, own, (candidate) => candidate.path)?.id ?? null;
}
