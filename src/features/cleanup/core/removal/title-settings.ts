import type { Fact } from '#core/fact.ts';

/** Where a service puts what it deletes. Zero days: it never empties it by itself. */
export type RecycleBin = { path: string; cleanupDays: number };

export type EpisodeNow = {
  /** The number Sonarr gave to the episode. */
  externalId: number;
  seasonNumber: number;
  episodeNumber: number;
  monitored: boolean;
  fileId: number | null;
};

/** What Radarr or Sonarr hold of a title beside its files, read before a removal changes any of it. */
export type TitleSettings = {
  rootFolder: string;
  qualityProfile: { id: number; name: string } | null;
  tags: readonly string[];
  monitored: boolean;
  /** Films only. */
  minimumAvailability: string | null;
  show: (ShowSettings & { seasons: readonly { number: number; monitored: boolean }[] }) | null;
  /** Empty for films. */
  episodes: readonly EpisodeNow[];
  /** Somebody forbade it to the import lists before we came. */
  isExcluded: boolean;
  recycleBin: Fact<RecycleBin | null>;
};

type ShowSettings = {
  seriesType: string | null;
  monitorNewItems: string | null;
  seasonFolder: boolean | null;
};

/** C-14: how the title stood before its removal: all that bringing it back needs when the service has forgotten it. */
export type Before = Omit<TitleSettings, 'episodes' | 'show'> & {
  show: (ShowSettings & { seasons: readonly SeasonBefore[] }) | null;
  /** The episodes whose files were to go; empty for films. */
  episodes: readonly EpisodePlace[];
};

/** `exceptions`: numbers of the episodes that were not monitored as their season was. Few, so a long show stays short. */
export type SeasonBefore = { number: number; monitored: boolean; exceptions: readonly number[] };

export type EpisodePlace = { seasonNumber: number; episodeNumber: number };

export function whatToRemember(
  { episodes, show, ...settings }: TitleSettings,
  plannedFiles: readonly { externalId: number }[],
): Before {
  const files = new Set(plannedFiles.map((file) => file.externalId));
  return {
    ...settings,
    show: show && { ...show, seasons: show.seasons.map((season) => withExceptions(season, episodes)) },
    episodes: episodes
      .filter(({ fileId }) => fileId !== null && files.has(fileId))
      .map(({ seasonNumber, episodeNumber }) => ({ seasonNumber, episodeNumber })),
  };
}

const withExceptions = (
  { number, monitored }: { number: number; monitored: boolean },
  episodes: readonly EpisodeNow[],
): SeasonBefore => ({
  number,
  monitored,
  exceptions: episodes
    .filter((episode) => episode.seasonNumber === number && episode.monitored !== monitored)
    .map((episode) => episode.episodeNumber),
});

/** Whether it was monitored; null where nobody knows, because its season is newer than the removal. */
export function wasMonitored(before: Before, { seasonNumber, episodeNumber }: EpisodePlace): boolean | null {
  const season = before.show?.seasons.find(({ number }) => number === seasonNumber);
  if (season === undefined) return null;
  return season.exceptions.includes(episodeNumber) ? !season.monitored : season.monitored;
}
