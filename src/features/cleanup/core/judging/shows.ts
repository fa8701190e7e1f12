import type { ItemId } from '#core/ids.ts';
import { DAY_MS } from '#core/time-span.ts';
import type { Item } from '#features/library/core/item.ts';
import { personKey } from '#features/library/core/people.ts';

/** What the seasons of a show tell about each other. Season numbers of those that have files, without specials. */
export type ShowState = {
  continuing: boolean;
  firstSeason: number | null;
  newestSeason: number | null;
  /** Who goes on with it, and from which season on it is still before them. */
  midway: readonly Midway[];
  /** The first season with files of which nobody can say who watched it: from it on, nobody knows who is midway. */
  unknownFrom: { season: number; why: string } | null;
};

export type Midway = { user: string; nextSeason: number };

/** `midShowDays`: how long ago somebody may have watched to count as going on with it; 0 leaves the question out. */
export function showsOf(
  items: readonly Item[],
  { midShowDays, now }: { midShowDays: number; now: Date },
): Map<ItemId, ShowState> {
  const seasonsOf = Map.groupBy(
    items.filter((item) => item.kind === 'season' && Boolean(item.seasonNumber) && item.fileCount > 0),
    (season) => season.showId,
  );
  const shows = new Map<ItemId, ShowState>();
  for (const show of items) {
    if (show.kind !== 'show') continue;
    const seasons = (seasonsOf.get(show.id) ?? []).toSorted((a, b) => numberOf(a) - numberOf(b));
    const since = midShowDays > 0 ? new Date(now.getTime() - midShowDays * DAY_MS) : null;
    shows.set(show.id, stateOf(show, seasons, since));
  }
  return shows;
}

const numberOf = ({ seasonNumber }: Item): number => seasonNumber ?? 0;

function stateOf(show: Item, seasons: readonly Item[], since: Date | null): ShowState {
  const numbers = seasons.map(numberOf);
  return {
    continuing: show.continuing,
    firstSeason: numbers[0] ?? null,
    newestSeason: numbers.at(-1) ?? null,
    midway: since === null ? [] : midwayIn(seasons, since),
    unknownFrom: since === null ? null : firstUnknown(seasons),
  };
}

function firstUnknown(seasons: readonly Item[]): ShowState['unknownFrom'] {
  for (const season of seasons) {
    if (!season.watch.known) return { season: numberOf(season), why: season.watch.why };
  }
  return null;
}

/** G9: per person, the last season begun; when that is finished, the one after it is next. */
function midwayIn(seasons: readonly Item[], since: Date): Midway[] {
  const last = new Map<string, { user: string; season: number; finished: boolean; at: Date | null }>();
  for (const season of seasons) {
    if (!season.watch.known) continue;
    for (const { user, finished, lastWatchedAt } of season.watch.value.watchers) {
      const at = later(last.get(personKey(user))?.at ?? null, lastWatchedAt);
      last.set(personKey(user), { user, season: numberOf(season), finished, at });
    }
  }
  return [...last.values()].flatMap(({ user, season, finished, at }) => {
    // A watch without a date may have been yesterday.
    if (at !== null && at < since) return [];
    const next = finished ? seasons.find((other) => numberOf(other) > season) : null;
    if (next === undefined) return []; // has seen all there is
    return [{ user, nextSeason: next ? numberOf(next) : season }];
  });
}

const later = (a: Date | null, b: Date | null): Date | null => (a !== null && (b === null || a > b) ? a : b);

/** Where an episode stands among those of its show that have files: 1 is the newest. Specials are counted apart. */
export function episodePlaces(items: readonly Item[]): Map<ItemId, number> {
  const places = new Map<ItemId, number>();
  const episodes = items.filter((item) => item.kind === 'episode');
  const groups = Map.groupBy(episodes, (item) => `${item.showId} ${item.seasonNumber === 0}`);
  for (const group of groups.values()) {
    group.sort(
      (a, b) => numberOf(b) - numberOf(a) || lastEpisode(b) - lastEpisode(a) || (a.id < b.id ? 1 : -1),
    );
    for (const [index, item] of group.entries()) places.set(item.id, index + 1);
  }
  return places;
}

/** T-05: a file with several episodes stands where the last of them does. */
const lastEpisode = ({ episodes }: Item): number => Math.max(0, ...episodes.map((one) => one.episodeNumber));
