import type { EpisodePlace, Watcher } from './item.ts';
import type { KnownPlay } from './plays.ts';

/** What a play source told of an episode; without numbers it may have been any of the show (T-50). */
export type EpisodePlay = KnownPlay & { seasonNumber: number | null; episodeNumber: number | null };

type Place = Pick<EpisodePlace, 'seasonNumber' | 'episodeNumber'>;

/**
 * The plays that may have been of a file. What a source told of the season and of none of its episodes by number was of
 * any of them, so it counts for each: a play can only protect (C-02).
 */
export function playsOf(
  episodes: readonly Place[],
  plays: readonly EpisodePlay[],
  watchersOf: (seasonNumber: number) => readonly Watcher[],
): KnownPlay[] {
  const own = plays.filter((play) => episodes.some((episode) => mayBe(play, episode)));
  const seasons = [...new Set(episodes.map((episode) => episode.seasonNumber))];
  return [...own, ...seasons.flatMap((season) => unplaced(watchersOf(season), plays, season))];
}

const mayBe = (play: EpisodePlay, { seasonNumber, episodeNumber }: Place): boolean =>
  isOfSeason(play, seasonNumber) && (play.episodeNumber === null || play.episodeNumber === episodeNumber);

const isOfSeason = (play: EpisodePlay, season: number): boolean =>
  play.seasonNumber === null || play.seasonNumber === season;

function unplaced(watchers: readonly Watcher[], plays: readonly EpisodePlay[], season: number): KnownPlay[] {
  return watchers.flatMap(({ user, lastWatchedAt: at, toldBy: source }) => {
    if (source === undefined || at === null) return [];
    const isPlaced = plays.some(
      (play) => play.user === user && play.at.getTime() === at.getTime() && isOfSeason(play, season),
    );
    return isPlaced ? [] : [{ user, at, source }];
  });
}
