import { DAY_MS } from '#core/time-span.ts';
import type { JanitorrConfig } from './config.ts';

/** An episode as Sonarr tells it. `firstEventAt`: the first thing its history tells, whatever it was. */
export type JanitorrEpisode = {
  id: string;
  seasonNumber: number;
  episodeNumber: number;
  airedAt: Date | null;
  hasFile: boolean;
  firstEventAt: Date | null;
};

export type JanitorrShow = {
  /** Every season that Sonarr knows, also those announced and empty. */
  seasonNumbers: readonly number[];
  episodes: readonly JanitorrEpisode[];
  /** A row of the history of the newest season that belongs to none of its episodes. */
  hasOrphan?: boolean;
};

export type EpisodeWhy = 'episode-too-old' | 'episode-over-count' | 'older-season';

/**
 * J-70 to J-76 as they are: the newest season is the highest number, even when it is empty; specials are older than it;
 * the first event counts and not the newest file; and what has no file uses up places. Null is a crash (J-75).
 */
export function episodesThatGo(
  show: JanitorrShow,
  { most, age, olderSeasons }: Pick<JanitorrConfig['episodes'], 'most' | 'age' | 'olderSeasons'>,
  now: Date,
): ReadonlyMap<string, EpisodeWhy> | null {
  const gone = new Map<string, EpisodeWhy>();
  const latest = Math.max(...show.seasonNumbers, Number.NEGATIVE_INFINITY);
  if (olderSeasons) {
    for (const episode of show.episodes) {
      if (episode.seasonNumber < latest && episode.hasFile) gone.set(episode.id, 'older-season');
    }
  }
  if (show.hasOrphan === true) return null;

  const aired = show.episodes.filter(
    ({ seasonNumber, airedAt }) => seasonNumber === latest && airedAt !== null && airedAt <= now,
  );
  const remaining = aired.filter((episode) => {
    const isOld =
      episode.firstEventAt !== null && episode.firstEventAt.getTime() + age.days * DAY_MS <= now.getTime();
    if (isOld && episode.hasFile) gone.set(episode.id, 'episode-too-old');
    return !(isOld && episode.hasFile);
  });
  const over = remaining.toSorted((a, b) => b.episodeNumber - a.episodeNumber).slice(most);
  for (const episode of over) if (episode.hasFile) gone.set(episode.id, 'episode-over-count');
  return gone;
}
