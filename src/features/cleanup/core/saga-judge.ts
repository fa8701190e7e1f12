import type { Removal } from './removal.ts';
import type { Scope, TitleNow } from './title-now.ts';

/** T-03: a season without a number would mean the whole show, so that cannot be written. Null is a broken plan. */
export const scopeOf = (removal: Pick<Removal, 'kind' | 'seasonNumber'>): Scope | null => {
  // Nothing narrower than a season is known here yet; taken for a title it would be the whole show.
  if (removal.kind === 'episode') return null;
  if (removal.kind !== 'season') return { type: 'title' };
  return removal.seasonNumber === null ? null : { type: 'season', number: removal.seasonNumber };
};

export const filesInScope = (scope: Scope, title: TitleNow): TitleNow['files'] =>
  scope.type === 'title' ? title.files : title.files.filter((file) => file.seasonNumber === scope.number);

/** Still wanted by the service; a season that the service does not list counts as wanted, because nothing proves otherwise. */
export const isMonitored = (scope: Scope, title: TitleNow): boolean =>
  scope.type === 'title'
    ? title.monitored
    : (title.seasons.find((season) => season.number === scope.number)?.monitored ?? true);

/** A title is gone when the service does not know it; a season when none of the planned files is left. */
export function isGone(removal: Removal, scope: Scope, title: TitleNow | null): boolean {
  if (title === null) return true;
  return scope.type === 'season' && plannedFilesLeft(removal, scope, title).length === 0;
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
    identityChange(removal, title) ?? tagThatProtects(removal, title) ?? fileChange(removal, scope, title)
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
