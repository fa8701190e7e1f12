import type { EpisodeNow } from '../removal/title-settings.ts';

/** Where the title of a restore stands in its service at this moment. */
export type RestoreNow = {
  /** Found by what it is, never by its number alone (T-02, T-14). */
  title: RestoredTitle | null;
  /** Import lists may not bring it: somebody, maybe we, wrote that down. */
  isExcluded: boolean;
  places: RestorePlaces;
};

/** What a title can be added to. */
export type RestorePlaces = {
  rootFolders: readonly { path: string; accessible: boolean }[];
  qualityProfiles: readonly string[];
};

export type RestoredTitle = {
  externalId: number;
  path: string;
  monitored: boolean;
  /** Both empty for films. Of a show that was just added Sonarr fetches the episodes after its answer. */
  seasons: readonly { number: number; monitored: boolean }[];
  episodes: readonly EpisodeNow[];
};

/** One change of what a service fetches. Never everything at once: what is not named stays as it is (T-04). */
export type MonitoringChange = {
  monitored: boolean | null;
  seasons: readonly { number: number; monitored: boolean }[];
  episodes: readonly { externalId: number; monitored: boolean }[];
};

export type SearchScope =
  | { type: 'title' }
  | { type: 'season'; number: number }
  | { type: 'episodes'; externalIds: readonly number[] };

/** Everything that a title is added with. Labels and names, because their numbers are others after a reinstall. */
export type AddedTitle = {
  tmdb: number | null;
  tvdb: number | null;
  /** Its own folder when it goes back where it was, else null: then the service names the folder in `rootFolder`. */
  path: string | null;
  rootFolder: string;
  qualityProfile: string;
  tags: readonly string[];
  monitored: boolean;
  minimumAvailability: string | null;
  show: {
    seriesType: string | null;
    monitorNewItems: string | null;
    seasonFolder: boolean | null;
    seasons: readonly { number: number; monitored: boolean }[];
  } | null;
};
