import { restoreScope, isWhole, type Restore, type RestoreRefusal } from './restore.ts';
import type {
  AddedTitle,
  MonitoringChange,
  RestoreNow,
  RestorePlaces,
  RestoredTitle,
  SearchScope,
} from './restore-now.ts';
import { wasMonitored, type EpisodeNow, type EpisodePlace } from '../removal/title-settings.ts';

/** Why the title cannot go back as it is wanted; null when it can, or is there already. Asked before anything is changed. */
export function whyRefused(restore: Restore, now: RestoreNow): RestoreRefusal | null {
  if (now.title !== null) return isAnother(restore, now.title) ? 'identity-changed' : null;
  if (!isWhole(restore)) return 'show-gone';
  if (idOf(restore) === null) return 'identity-unknown';
  return placeProblem(wantedPlace(restore), now.places);
}

/** Without an id of a database only the number and the folder together say that it is the same title. */
const isAnother = (restore: Restore, title: RestoredTitle): boolean =>
  idOf(restore) === null && title.path !== restore.identity.path;

const idOf = ({ kind, identity }: Restore): number | null =>
  kind === 'film' ? identity.tmdb : identity.tvdb;

type WantedPlace = { rootFolder: string; qualityProfile: string | null };

const wantedPlace = ({ choice, before }: Restore): WantedPlace => ({
  rootFolder: choice.rootFolder ?? before.rootFolder,
  qualityProfile: choice.qualityProfile ?? before.qualityProfile?.name ?? null,
});

/** Folders and profiles may have been taken away since. */
function placeProblem(
  wanted: WantedPlace,
  { rootFolders, qualityProfiles }: RestorePlaces,
): 'root-folder-gone' | 'profile-gone' | null {
  const there = rootFolders.some(({ path, accessible }) => accessible && samePath(path, wanted.rootFolder));
  if (!there) return 'root-folder-gone';
  return wanted.qualityProfile !== null && qualityProfiles.includes(wanted.qualityProfile)
    ? null
    : 'profile-gone';
}

const samePath = (one: string, other: string): boolean => withoutEnd(one) === withoutEnd(other);
const withoutEnd = (path: string): string => (path.length > 1 ? path.replace(/[\\/]+$/, '') : path);

/** Its own folder, unless another root folder was chosen. */
const pathOf = (restore: Restore): string | null =>
  samePath(wantedPlace(restore).rootFolder, restore.before.rootFolder) ? restore.identity.path : null;

export function addedTitle(restore: Restore): AddedTitle {
  const { identity, before } = restore;
  const { rootFolder, qualityProfile } = wantedPlace(restore);
  return {
    tmdb: identity.tmdb,
    tvdb: identity.tvdb,
    path: pathOf(restore),
    rootFolder,
    qualityProfile: qualityProfile ?? '',
    tags: before.tags,
    monitored: before.monitored,
    minimumAvailability: before.minimumAvailability,
    show: before.show && {
      ...before.show,
      seasons: before.show.seasons.map(({ number, monitored }) => ({ number, monitored })),
    },
  };
}

/** Somebody added it again under another number, with choices of their own: those are left as they are. */
export const isSomebodyElses = (restore: Restore, title: RestoredTitle, added: boolean): boolean =>
  isWhole(restore) && !added && title.externalId !== restore.externalId;

/**
 * What has to be set so that the title is fetched as it was; null when it is so already. First the title and its seasons,
 * because a season that changes takes its episodes along; the episodes by the next look.
 */
export function monitoringChange(
  restore: Restore,
  title: RestoredTitle,
  added: boolean,
): MonitoringChange | null {
  const { before } = restore;
  const scope = restoreScope(restore);
  const monitored = scope.type === 'title' && title.monitored !== before.monitored ? before.monitored : null;
  const seasons = title.seasons.flatMap((season) => {
    const was = before.show?.seasons.find(({ number }) => number === season.number);
    const isOurs = scope.type === 'title' ? added : scope.type === 'season' && scope.number === season.number;
    return isOurs && was !== undefined && was.monitored !== season.monitored
      ? [{ number: season.number, monitored: was.monitored }]
      : [];
  });
  if (monitored !== null || seasons.length > 0) return { monitored, seasons, episodes: [] };
  const episodes = episodesInScope(restore, title, added).flatMap((episode) => {
    const was = wasMonitored(before, episode);
    return was === null || was === episode.monitored
      ? []
      : [{ externalId: episode.externalId, monitored: was }];
  });
  return episodes.length > 0 ? { monitored: null, seasons: [], episodes } : null;
}

/** Of a show that was never gone only its own switch was touched, so its episodes are not ours to set. */
function episodesInScope(
  restore: Restore,
  { episodes }: RestoredTitle,
  added: boolean,
): readonly EpisodeNow[] {
  const scope = restoreScope(restore);
  switch (scope.type) {
    case 'title':
      return added ? episodes : [];
    case 'season':
      return episodes.filter(({ seasonNumber }) => seasonNumber === scope.number);
    case 'episodes':
      return episodes.filter((episode) => scope.places.some((place) => isSamePlace(place, episode)));
    default:
      return scope satisfies never;
  }
}

const isSamePlace = (one: EpisodePlace, other: EpisodePlace): boolean =>
  one.seasonNumber === other.seasonNumber && one.episodeNumber === other.episodeNumber;

/** Sonarr answers before it knows the episodes of a new show; those that were not wanted can be told only then. */
export const awaitsEpisodes = ({ before }: Restore, title: RestoredTitle, added: boolean): boolean =>
  added &&
  title.episodes.length === 0 &&
  (before.show?.seasons.some(({ exceptions }) => exceptions.length > 0) ?? false);

export function searchScope(restore: Restore, title: RestoredTitle): SearchScope {
  const scope = restoreScope(restore);
  if (scope.type !== 'episodes') return scope;
  const externalIds = episodesInScope(restore, title, false).map(({ externalId }) => externalId);
  return { type: 'episodes', externalIds };
}
