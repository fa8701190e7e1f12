import { episodeOf } from '#features/library/core/item.ts';
import type { Removal } from './removal.ts';
import type { Scope, TitleNow } from './title-now.ts';
import type { EpisodePlace } from './title-settings.ts';

type Scoped = Pick<Removal, 'kind' | 'seasonNumber' | 'itemId' | 'plannedFiles'>;

/** T-03: a part without its number would mean the whole show, so that cannot be written. Null is a broken plan. */
export function scopeOf({ kind, seasonNumber, itemId, plannedFiles }: Scoped): Scope | null {
  switch (kind) {
    case 'film':
    case 'show':
      return { type: 'title' };
    case 'season':
      return seasonNumber === null ? null : { type: 'season', number: seasonNumber };
    case 'episode': {
      // The number is said twice, by the item and by the plan; both must mean the same one file.
      const file = episodeOf(itemId)?.fileExternalId ?? 0;
      const isPlanned = plannedFiles.length === 1 && plannedFiles[0]?.externalId === file;
      return isPlanned && file > 0 ? { type: 'episode-file', file } : null; // T-05: zero is no file
    }
    default:
      return kind satisfies never;
  }
}

export function filesInScope(scope: Scope, title: TitleNow): TitleNow['files'] {
  switch (scope.type) {
    case 'title':
      return title.files;
    case 'season':
      return title.files.filter((file) => file.seasonNumber === scope.number);
    case 'episode-file':
      return title.files.filter((file) => file.externalId === scope.file);
    default:
      return scope satisfies never;
  }
}

/** Still wanted by the service; what the service does not list counts as wanted, because nothing proves otherwise. */
export function isMonitored(scope: Scope, title: TitleNow): boolean {
  switch (scope.type) {
    case 'title':
      return title.monitored;
    case 'season':
      return title.seasons.find((season) => season.number === scope.number)?.monitored ?? true;
    case 'episode-file': {
      const own = episodesOf(scope, title);
      return own.length === 0 || own.some((episode) => episode.monitored);
    }
    default:
      return scope satisfies never;
  }
}

const episodesOf = ({ file }: Extract<Scope, { type: 'episode-file' }>, { episodes }: TitleNow) =>
  episodes.filter((episode) => episode.fileId === file);

/** A title is gone when the service does not know it; a part of it when none of the planned files is left. */
export function isGone(removal: Removal, scope: Scope, title: TitleNow | null): boolean {
  if (title === null) return true;
  return scope.type !== 'title' && plannedFilesLeft(removal, scope, title).length === 0;
}

export function plannedFilesLeft(removal: Removal, scope: Scope, title: TitleNow): TitleNow['files'] {
  const planned = new Set(removal.plannedFiles.map((file) => file.externalId));
  return filesInScope(scope, title).filter((file) => planned.has(file.externalId));
}

/**
 * Why this is not what the plan saw; null when it still is. Fewer files than planned are the same thing; another title,
 * a file that came later (a re-download or an upgrade), or a tag that protects are not (T-02, T-28 of J, C-12).
 */
export function whatChanged(removal: Removal, scope: Scope, title: TitleNow): string | null {
  return (
    identityChange(removal, title) ??
    tagThatProtects(removal, title) ??
    tagThatDecides(removal, title) ??
    fileChange(removal, scope, title) ??
    episodeChange(removal, scope, title)
  );
}

function identityChange({ externalId, identity }: Removal, title: TitleNow): string | null {
  if (title.externalId !== externalId) return 'identity-changed';
  if (differ(identity.tmdb, title.tmdb) || differ(identity.tvdb, title.tvdb)) return 'identity-changed';
  return identity.path === title.path ? null : 'path-changed';
}

/** Two numbers that are both told and not the same. An id that one side does not tell proves nothing. */
const differ = (planned: number | null, now: number | null): boolean =>
  planned !== null && now !== null && planned !== now;

function tagThatProtects({ options }: Removal, title: TitleNow): string | null {
  const protecting = new Set(options.exclusionTags.map((tag) => tag.toLowerCase())); // J-28 FIX: any case
  return title.tags.some((tag) => protecting.has(tag.toLowerCase())) ? 'excluded-by-tag' : null;
}

/** Who takes the tag of a policy off, or gives a title that of another one, has changed their mind about its age. */
function tagThatDecides({ options, keepsake }: Removal, title: TitleNow): string | null {
  const deciding = new Set(options.decidingTags);
  const told = (tags: readonly string[]): string =>
    [...new Set(tags.map((tag) => tag.toLowerCase()))]
      .filter((tag) => deciding.has(tag))
      .sort()
      .join(' ');
  return told(keepsake.tags) === told(title.tags) ? null : 'tags-changed';
}

function fileChange(removal: Removal, scope: Scope, title: TitleNow): string | null {
  const planned = new Map(removal.plannedFiles.map((file) => [file.externalId, file]));
  for (const file of filesInScope(scope, title)) {
    const before = planned.get(file.externalId);
    if (before === undefined) return 'new-file';
    // The path too: by it we look afterwards whether the file is gone.
    if (before.sizeBytes !== file.sizeBytes || before.path !== file.path) return 'file-changed';
  }
  return null;
}

/** T-05: a file that by now holds another episode too, or one fewer, is not what the plan spoke of. */
function episodeChange({ episodes }: Removal, scope: Scope, title: TitleNow): string | null {
  if (scope.type !== 'episode-file' || filesInScope(scope, title).length === 0) return null;
  const now = new Set(episodesOf(scope, title).map(placeOf));
  const planned = new Set(episodes.map(placeOf));
  const isSame = now.size === planned.size && [...now].every((place) => planned.has(place));
  return isSame ? null : 'file-changed';
}

const placeOf = ({ seasonNumber, episodeNumber }: EpisodePlace): string => `${seasonNumber} ${episodeNumber}`;
