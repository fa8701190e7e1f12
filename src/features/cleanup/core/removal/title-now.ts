import type { EpisodeNow } from './title-settings.ts';

/** A step of a removal did not work. Nothing here ever means "it is gone": only a re-read says that. */
export type StepProblem =
  | { code: 'step.unreachable'; reason: string }
  | { code: 'step.refused'; status: number; reason: string }
  | { code: 'step.changed'; what: string }
  | { code: 'step.still-there'; what: string };

/** A film in Radarr or a show in Sonarr as it is at this moment, read again just before anything is removed. */
export type TitleNow = {
  externalId: number;
  title: string;
  tmdb: number | null;
  tvdb: number | null;
  path: string;
  monitored: boolean;
  tags: readonly string[];
  /** Files of the whole title; season is null for films. */
  files: readonly { externalId: number; seasonNumber: number | null; path: string; sizeBytes: number }[];
  seasons: readonly { number: number; monitored: boolean }[];
  /** Which file holds which episodes, and whether they are still wanted; empty for films. */
  episodes: readonly EpisodeNow[];
};

/** The whole title, the files of one season, or one episode file: the scope is always said, never left out (T-03). */
export type Scope =
  | { type: 'title' }
  | { type: 'season'; number: number }
  /** One file with every episode in it, however many (T-05). */
  | { type: 'episode-file'; file: number };

/** One request of one person. For a show, `seasons` are those asked for. */
export type TitleRequest = {
  externalId: number;
  is4k: boolean;
  seasons: readonly number[];
  /** Address of the Radarr or Sonarr it went to, as the request server knows it; null when it does not say (T-42). */
  serverUrl: string | null;
  /** The number of the title in that Radarr or Sonarr (the 4K twin for 4K requests); null when it does not say. */
  serverExternalId: number | null;
};
