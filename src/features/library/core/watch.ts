import { known, unknown, type Fact } from '#core/fact.ts';
import type { Watch, Watcher } from './item.ts';
import { personKey, spellingOf, unionOfNames } from './people.ts';

/** What one user did with one entry of a media server. */
export type Mark = {
  user: string;
  /** The film or episode it is on: copies of one episode in two libraries are one part. */
  part: string;
  played: boolean;
  playCount: number;
  lastPlayedAt: Date | null;
  favourite: boolean;
  /** 0 to 100; zero when it was not begun or is finished. */
  positionPercent: number;
};

/**
 * Who watched a film, or the episodes of a season or show. `marks` are those of every user, only on films and
 * episodes: a show's or season's own "played" says no more than that nothing in it is unplayed, and is left out by
 * the caller (service-apis 3.3). `parts` are what has to be played to have finished.
 */
export function watchOf(marks: readonly Mark[], parts: readonly string[]): Fact<Watch> {
  const touched = marks.filter(isTouched);
  // T-22: some clients mark as played without a date. It may have been yesterday, so nobody knows.
  if (touched.some((mark) => mark.lastPlayedAt === null)) return unknown('played-without-date');
  const watchers = groupByUser(touched).map(([user, own]) => watcherOf(user, own, parts));
  watchers.sort((a, b) => (a.user < b.user ? -1 : 1));
  return known({ lastWatchedAt: latest(touched), watchers });
}

/** Starting to play counts at once; the media server takes "played" back while somebody watches again (3.3). */
const isTouched = (mark: Mark): boolean =>
  mark.played || mark.playCount > 0 || mark.positionPercent > 0 || mark.lastPlayedAt !== null;

function watcherOf(user: string, marks: readonly Mark[], parts: readonly string[]): Watcher {
  const played = new Set(marks.filter((mark) => mark.played).map((mark) => mark.part));
  const finished = parts.length > 0 && parts.every((part) => played.has(part));
  const begun = marks.some((mark) => mark.positionPercent > 0) || played.size > 0;
  return { user, lastWatchedAt: latest(marks), finished, halfWay: begun && !finished };
}

/** Names of those who marked any of the entries: the caller gives the item's own, its ancestors' and its parts' (T-32). */
export const favouriteOf = (marks: readonly Pick<Mark, 'user' | 'favourite'>[]): string[] =>
  unionOfNames([marks.filter((mark) => mark.favourite).map((mark) => mark.user)]);

function latest(marks: readonly Mark[]): Date | null {
  const times = marks.flatMap((mark) => (mark.lastPlayedAt ? [mark.lastPlayedAt.getTime()] : []));
  return times.length > 0 ? new Date(times.reduce((a, b) => Math.max(a, b))) : null;
}

/** By person: the same name at two media servers is one (C-01). */
function groupByUser(marks: readonly Mark[]): (readonly [user: string, Mark[]])[] {
  const users = new Map<string, Mark[]>();
  for (const mark of marks) {
    const key = personKey(mark.user);
    users.set(key, [...(users.get(key) ?? []), mark]);
  }
  return [...users.values()].map((own) => [own.map(({ user }) => user).reduce(spellingOf), own]);
}

/** An episode of a media server below one of the entries that matched a show. */
export type WatchEpisode = {
  key: string;
  seasonNumber: number | null;
  episodeNumber: number | null;
  /** Of an entry that holds several episodes in one file (T-05). */
  lastEpisodeNumber?: number | null;
};

export const partAt = (seasonNumber: number, episodeNumber: number): string =>
  `${seasonNumber}x${episodeNumber}`;

/** More episodes in one file than this is a number that was read wrong. */
const MOST_IN_ONE_FILE = 50;

/** The parts of a show that an episode entry is: mostly one; an episode without numbers is a part of its own. */
export function partsOf({ key, seasonNumber, episodeNumber, lastEpisodeNumber }: WatchEpisode): string[] {
  if (seasonNumber === null || episodeNumber === null) return [key];
  const more = Math.max(0, (lastEpisodeNumber ?? episodeNumber) - episodeNumber);
  const length = more < MOST_IN_ONE_FILE ? more + 1 : 1;
  return Array.from({ length }, (_, index) => partAt(seasonNumber, episodeNumber + index));
}

/** What was done with an entry was done with all that it holds. */
export const marksOnParts = (
  episodes: readonly WatchEpisode[],
  marksOn: (key: string) => readonly Omit<Mark, 'part'>[],
): Mark[] =>
  episodes.flatMap((episode) =>
    partsOf(episode).flatMap((part) => marksOn(episode.key).map((mark) => ({ ...mark, part }))),
  );

/** Nobody has to watch the specials to have finished a show, unless there is nothing else. */
export function partsOfShow(episodes: readonly WatchEpisode[]): string[] {
  const regular = episodes.filter((episode) => episode.seasonNumber !== 0);
  return [...new Set((regular.length > 0 ? regular : episodes).flatMap(partsOf))];
}

/** An episode without a season number belongs to no season, though it counts for its show (T-25). */
export const episodesOfSeason = <T extends WatchEpisode>(episodes: readonly T[], season: number): T[] =>
  episodes.filter((episode) => episode.seasonNumber === season);
