import type { Mark, MediaRow, Person } from '../../seed/household.ts';
import { titleOf, type Jellyfin } from './house.ts';

const none: Mark = { played: false, count: 0, lastAt: null, favourite: false, positionTicks: 0 };

export const markOf = (jellyfin: Jellyfin, person: Person, item: MediaRow): Mark =>
  jellyfin.house.marks[person.userId]?.[item.id] ?? none;

export function mark(jellyfin: Jellyfin, person: Person, item: MediaRow, change: Partial<Mark>): void {
  const own = (jellyfin.house.marks[person.userId] ??= {});
  own[item.id] = { ...(own[item.id] ?? none), ...change };
  jellyfin.catalogue.forgetLists();
  jellyfin.world.changed();
}

export const runTimeTicks = (jellyfin: Jellyfin, item: MediaRow): number =>
  (titleOf(jellyfin, item)?.runtime ?? 90) * 600_000_000;

/** For what holds episodes, `Played` is only "nothing in it is unplayed": true for an empty series. */
export function isPlayed(jellyfin: Jellyfin, person: Person, item: MediaRow): boolean {
  return item.kind === 'Series' || item.kind === 'Season'
    ? unplayed(jellyfin, person, item) === 0
    : markOf(jellyfin, person, item).played;
}

const unplayed = (jellyfin: Jellyfin, person: Person, item: MediaRow): number => {
  let count = 0;
  for (const episode of jellyfin.catalogue.episodesOf(item.id))
    if (!markOf(jellyfin, person, episode).played) count += 1;
  return count;
};

export function userData(jellyfin: Jellyfin, person: Person, item: MediaRow) {
  const own = markOf(jellyfin, person, item);
  const common = { IsFavorite: own.favourite, Key: keyOf(item), ItemId: item.id };
  if (item.kind === 'Series' || item.kind === 'Season') {
    const left = unplayed(jellyfin, person, item);
    const all = jellyfin.catalogue.episodesOf(item.id).length;
    return {
      ...(all === 0 ? {} : { PlayedPercentage: ((all - left) / all) * 100 }),
      UnplayedItemCount: left,
      PlaybackPositionTicks: 0,
      PlayCount: 0,
      Played: left === 0,
      ...common,
    };
  }
  const ticks = runTimeTicks(jellyfin, item);
  return {
    ...(own.positionTicks > 0 ? { PlayedPercentage: (own.positionTicks / ticks) * 100 } : {}),
    PlaybackPositionTicks: own.positionTicks,
    PlayCount: own.count,
    ...(own.lastAt ? { LastPlayedDate: own.lastAt } : {}),
    Played: own.played,
    ...common,
  };
}

const keyOf = (item: MediaRow): string => item.providerIds['Tmdb'] ?? item.providerIds['Tvdb'] ?? item.id;
