import type { JellyfinHouse, Mark, MediaRow, Person, Title } from './household.ts';
import { iso } from './moments.ts';
import type { Random } from './random.ts';

const TICKS_PER_MINUTE = 600_000_000;

type Input = {
  random: Random;
  jellyfin: JellyfinHouse;
  people: readonly Person[];
  titles: Record<string, Title>;
  now: Date;
};

const none: Mark = { played: false, count: 0, lastAt: null, favourite: false, positionTicks: 0 };

/** Who watched what and when, in the library's own lifetime; about a third of it nobody ever opened. */
export function seedMarks({ random, jellyfin, people, titles, now }: Input): void {
  const seasons = new Map<string, MediaRow[]>();
  for (const item of jellyfin.items) {
    if (item.kind === 'Episode' && item.seasonId && !item.isVirtual) {
      seasons.set(item.seasonId, [...(seasons.get(item.seasonId) ?? []), item]);
    }
  }
  const write = (person: Person, item: MediaRow, mark: Partial<Mark>): void => {
    const own = (jellyfin.marks[person.userId] ??= {});
    own[item.id] = { ...(own[item.id] ?? none), ...mark };
  };
  const watchers = people.filter((person) => !person.isDisabled);
  const sees = (person: Person, item: MediaRow): boolean =>
    !person.libraries || person.libraries.includes(item.libraryId);

  for (const item of jellyfin.items) {
    if (item.isVirtual) continue;
    const own = random.fork(item.id);
    const runtime = item.title ? (titles[item.title]?.runtime ?? 40) : 40;
    const drawn = watchers.filter((person) => sees(person, item));
    if (item.kind === 'Movie' && own.chance(0.66)) {
      for (const person of own.sample(drawn, 1 + Math.floor(own.next() ** 2 * 4)))
        write(person, item, watchFilm(own, item, runtime, now));
    }
    if (item.kind === 'Season' && own.chance(0.6)) {
      for (const person of own.sample(drawn, 1 + Math.floor(own.next() ** 2 * 3))) {
        watchSeason(own, seasons.get(item.id) ?? [], runtime, now, (episode, mark) =>
          write(person, episode, mark),
        );
      }
    }
    const chance = { Movie: 0.03, Series: 0.06, Season: 0.02, Episode: 0.003 }[item.kind as string] ?? 0;
    if (own.chance(chance) && drawn.length > 0) write(own.pick(drawn), item, { favourite: true });
  }
}

/** Some clients mark as played without a date (T-22); some people stop half-way. */
function watchFilm(random: Random, item: MediaRow, runtime: number, now: Date): Partial<Mark> {
  const lastAt = momentBetween(random, item.createdAt, now);
  const fate = random.next();
  if (fate < 0.12)
    return {
      count: 1,
      lastAt,
      positionTicks: Math.round(runtime * (0.1 + random.next() * 0.7)) * TICKS_PER_MINUTE,
    };
  if (fate < 0.15) return { played: true, count: 1 };
  return { played: true, count: random.chance(0.15) ? random.int(2, 4) : 1, lastAt };
}

function watchSeason(
  random: Random,
  episodes: readonly MediaRow[],
  runtime: number,
  now: Date,
  write: (episode: MediaRow, mark: Partial<Mark>) => void,
): void {
  const stopsAfter = random.chance(0.7) ? episodes.length : random.int(1, episodes.length);
  let clock = Date.parse(momentBetween(random, episodes[0]?.createdAt ?? iso(now.getTime()), now));
  for (const [index, episode] of episodes.slice(0, stopsAfter).entries()) {
    clock = Math.max(clock + random.int(1, 6) * 43_200_000, Date.parse(episode.createdAt) + 7_200_000);
    if (clock > now.getTime()) return;
    const isLast = index === stopsAfter - 1 && stopsAfter < episodes.length;
    write(
      episode,
      isLast && random.chance(0.5)
        ? { count: 1, lastAt: iso(clock), positionTicks: Math.round(runtime / 3) * TICKS_PER_MINUTE }
        : { played: true, count: 1, lastAt: iso(clock) },
    );
  }
}

/** Nearer to the arrival than to today: people watch what is new. */
function momentBetween(random: Random, from: string, now: Date): string {
  const start = Date.parse(from);
  return iso(start + Math.max(0, now.getTime() - start) * random.next() ** 1.7);
}
