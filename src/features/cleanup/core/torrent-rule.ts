/** What a policy says of torrents. A torrent has given enough when it reaches the ratio or the time; without either, at once. */
export type TorrentRule = { remove: boolean; minRatio: number | null; minSeedDays: number | null };

/** Torrents are left alone: to stop sharing is a decision of people, not a side effect of clean-up. */
export const leaveTorrents: TorrentRule = { remove: false, minRatio: null, minSeedDays: null };

const DAY_SECONDS = 86_400;

export function hasGivenEnough(
  { minRatio, minSeedDays }: TorrentRule,
  { ratio, seedingSeconds }: { ratio: number | null; seedingSeconds: number },
): boolean {
  if (minRatio === null && minSeedDays === null) return true;
  const byRatio = minRatio !== null && ratio !== null && ratio >= minRatio;
  return byRatio || (minSeedDays !== null && seedingSeconds >= minSeedDays * DAY_SECONDS);
}
