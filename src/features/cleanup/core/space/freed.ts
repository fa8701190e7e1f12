import type { ConnectionId, DiskId } from '#core/ids.ts';
import { isWithin } from '#features/library/core/paths.ts';

/** What one removal freed. `path` is of one of its files, as the service saw it; null when it named none. */
export type FreedBytes = { at: Date; connectionId: ConnectionId; path: string | null; bytes: number };

type Place = { id: DiskId; folders: readonly { connectionId: ConnectionId; path: string }[] };

/** On which disk it was; what cannot be said of any disk there is now is left out. */
export const freedOnDisks = (
  freed: readonly FreedBytes[],
  disks: readonly Place[],
): { at: Date; diskId: DiskId; bytes: number }[] =>
  freed.flatMap((one) => {
    const diskId = diskOf(one, disks);
    return diskId === null ? [] : [{ at: one.at, diskId, bytes: one.bytes }];
  });

function diskOf({ connectionId, path }: FreedBytes, disks: readonly Place[]): DiskId | null {
  if (path === null) return null;
  const holding = disks.flatMap(({ id, folders }) =>
    folders
      .filter((folder) => folder.connectionId === connectionId && isWithin(path, folder.path))
      .map((folder) => ({ id, depth: folder.path.length })),
  );
  return holding.sort((a, b) => b.depth - a.depth)[0]?.id ?? null;
}

export type FreedMonth = { month: Date; items: number; bytes: number };

/** The last months, also those in which nothing went. Months are those of UTC: a graph needs no time zone. */
export function freedByMonth(
  freed: readonly FreedBytes[],
  { now, months }: { now: Date; months: number },
): FreedMonth[] {
  return Array.from({ length: months }, (_, index) => {
    const month = monthsBefore(now, months - 1 - index);
    const until = monthsBefore(now, months - 2 - index);
    const within = freed.filter(({ at }) => at >= month && at < until);
    return { month, items: within.length, bytes: within.reduce((sum, { bytes }) => sum + bytes, 0) };
  });
}

export const monthsBefore = (now: Date, months: number): Date =>
  new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 1));
