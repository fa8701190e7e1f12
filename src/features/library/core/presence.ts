import { serverOf, type MediaKey } from './match.ts';

/** What media servers have below the shows that matched one title. */
type Part = { key: MediaKey; kind: 'season' | 'episode'; seasonNumber: number | null };
type Season = { number: number; fileCount: number };

const episodesIn = <T extends Part>(parts: readonly T[]): T[] =>
  parts.filter(({ kind }) => kind === 'episode');

const serversOf = (keys: readonly MediaKey[]): Set<string> => new Set(keys.map(serverOf));

/**
 * Whether who watched a season is told. A media server that does not have it has no say, one that has an episode of it
 * tells, and one that names the season but has nothing in it makes it unknown: somebody may have watched it there.
 */
export function isSeasonTold(below: readonly Part[], number: number): boolean {
  const own = below.filter(({ seasonNumber }) => seasonNumber === number);
  const telling = serversOf(episodesIn(own).map(({ key }) => key));
  return telling.size > 0 && own.every(({ key }) => telling.has(serverOf(key)));
}

/**
 * Whether who watched a show is told: by every media server that has it, and for every season with files. Specials often
 * have another place in a media server, so they say nothing of the show.
 */
export function isShowTold(
  shows: readonly MediaKey[],
  below: readonly Part[],
  seasons: readonly Season[],
): boolean {
  const telling = serversOf(episodesIn(below).map(({ key }) => key));
  return (
    shows.every((key) => telling.has(serverOf(key))) &&
    seasons.every(({ number, fileCount }) => number === 0 || fileCount === 0 || isSeasonTold(below, number))
  );
}
