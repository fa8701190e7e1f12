import type { LeavingTitle } from './event.ts';

/** `2×05, 2×06`: the same in every language, and on the pages. */
export const episodesText = (episodes: NonNullable<LeavingTitle['episodes']>): string =>
  episodes
    .map(({ seasonNumber, episodeNumber }) => `${seasonNumber}×${String(episodeNumber).padStart(2, '0')}`)
    .join(', ');
