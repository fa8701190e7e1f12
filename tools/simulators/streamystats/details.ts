import type { PlayRow } from '../plays.ts';
import type { Streamystats } from './house.ts';

/** Newer plays than these are listed one by one, older ones only counted. */
const LISTED = 50;

/** Everything about one film or show; null when it has no such item. */
export function detailsOf({ world, plays, settings }: Streamystats, id: string): object | null {
  const { items } = world.household.jellyfin;
  const item = items.find((one) => one.id === id);
  if (!item) return null;
  const parts = new Set(
    item.kind === 'Series' ? items.filter((one) => one.seriesId === id).map((one) => one.id) : [id],
  );
  const own = plays.filter((play) => parts.has(play.itemId)).toSorted((a, b) => (a.at < b.at ? 1 : -1));
  const userOf = ({ userId, userName }: PlayRow) => ({ id: userId, name: userName });
  return {
    item: { id, name: item.name, type: item.kind, serverId: settings.servers.at(-1)?.id },
    totalViews: own.length,
    totalWatchTime: sumOf(own),
    completionRate: 90,
    firstWatched: own.at(-1)?.at ?? null,
    lastWatched: own[0]?.at ?? null,
    usersWatched: [...Map.groupBy(own, ({ userId }) => userId).values()].map((of) => ({
      user: of[0] ? userOf(of[0]) : null,
      watchCount: of.length,
      totalWatchTime: sumOf(of),
      completionRate: 90,
      firstWatched: of.at(-1)?.at ?? null,
      lastWatched: of[0]?.at ?? null,
    })),
    watchHistory: own.slice(0, LISTED).map((play) => ({
      session: { itemId: play.itemId, userName: play.userName },
      user: userOf(play),
      watchDate: play.at,
      watchDuration: play.seconds,
      completionPercentage: 90,
      playMethod: 'DirectPlay',
      deviceName: 'Salón',
      clientName: 'Jellyfin Web',
    })),
    watchCountByMonth: [],
  };
}

const sumOf = (plays: readonly PlayRow[]): number => plays.reduce((sum, { seconds }) => sum + seconds, 0);
