import type { TorrentWish } from '../policy/policy.ts';

const DAY_SECONDS = 86_400;

/** By ratio or by time, whichever comes first. When nobody said when it is enough, it never is. */
export function hasGivenEnough(
  { minRatio, minSeedDays }: TorrentWish,
  { ratio, seedingSeconds }: { ratio: number | null; seedingSeconds: number },
): boolean {
  const byRatio = minRatio !== null && ratio !== null && ratio >= minRatio;
  return byRatio || (minSeedDays !== null && seedingSeconds >= minSeedDays * DAY_SECONDS);
}
