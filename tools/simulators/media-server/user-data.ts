import type { Mark, MediaRow, Person } from '../../seed/household.ts';
import { titleOf, type MediaServer } from './house.ts';

const none: Mark = { played: false, count: 0, lastAt: null, favourite: false, positionTicks: 0 };

export const markOf = (server: MediaServer, person: Person, item: MediaRow): Mark =>
  server.house.marks[person.userId]?.[item.id] ?? none;

export function mark(server: MediaServer, person: Person, item: MediaRow, change: Partial<Mark>): void {
  const own = (server.house.marks[person.userId] ??= {});
  own[item.id] = { ...(own[item.id] ?? none), ...change };
  server.catalogue.forgetLists();
  server.world.changed();
}

export const runTimeTicks = (server: MediaServer, item: MediaRow): number =>
  (titleOf(server, item)?.runtime ?? 90) * 600_000_000;

/** For what holds episodes, `Played` is only "nothing in it is unplayed": true for an empty series. */
export function isPlayed(server: MediaServer, person: Person, item: MediaRow): boolean {
  return item.kind === 'Series' || item.kind === 'Season'
    ? unplayed(server, person, item) === 0
    : markOf(server, person, item).played;
}

const unplayed = (server: MediaServer, person: Person, item: MediaRow): number => {
  let count = 0;
  for (const episode of server.catalogue.episodesOf(item.id))
    if (!markOf(server, person, episode).played) count += 1;
  return count;
};

export function userData(server: MediaServer, person: Person, item: MediaRow) {
  const own = markOf(server, person, item);
  const common = { IsFavorite: own.favourite, Key: keyOf(item), ItemId: item.id };
  if (item.kind === 'Series' || item.kind === 'Season') {
    const left = unplayed(server, person, item);
    const all = server.catalogue.episodesOf(item.id).length;
    return {
      ...(all === 0 ? {} : { PlayedPercentage: ((all - left) / all) * 100 }),
      UnplayedItemCount: left,
      PlaybackPositionTicks: 0,
      PlayCount: 0,
      Played: left === 0,
      ...common,
    };
  }
  const ticks = runTimeTicks(server, item);
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
