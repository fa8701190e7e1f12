import { ok, type Result } from '#core/result.ts';
import type { TitleSettings } from '#features/cleanup/core/removal/title-settings.ts';
import type { CallFailure } from '../failures.ts';
import { findExclusions } from '../servarr/exclusions.ts';
import { checkTags, namesOf, readQualityProfiles, readTags } from '../servarr/labels.ts';
import { folderAbove, positive, withoutEndSlash, filled } from '../servarr/mapping.ts';
import { recycleBinFact } from '../servarr/recycle-bin.ts';
import type { Servarr } from '../servarr/session.ts';
import { exclusion, type Movie } from './schemas.ts';

export const exclusionsOf = (servarr: Servarr, tmdb: number) =>
  findExclusions(servarr, 'exclusions', { record: exclusion, isWanted: (one) => one.tmdbId === tmdb });

/** Everything beside the file that adding the film again would need (C-14). */
export async function readSettings(
  servarr: Servarr,
  movie: Movie,
): Promise<Result<TitleSettings, CallFailure>> {
  const tmdb = positive(movie.tmdbId);
  const [tags, profiles, excluded, recycleBin] = await Promise.all([
    readTags(servarr),
    readQualityProfiles(servarr),
    tmdb === null ? ok([]) : exclusionsOf(servarr, tmdb),
    recycleBinFact(servarr),
  ]);
  if (!tags.ok) return tags;
  const labels = checkTags(tags.value, [movie]);
  if (!labels.ok) return labels;
  if (!profiles.ok) return profiles;
  if (!excluded.ok) return excluded;
  const name = profiles.value.get(movie.qualityProfileId ?? 0);
  return ok({
    rootFolder: withoutEndSlash(filled(movie.rootFolderPath) ?? folderAbove(movie.path)),
    qualityProfile: name === undefined ? null : { id: movie.qualityProfileId ?? 0, name },
    tags: namesOf(movie.tags, labels.value),
    monitored: movie.monitored,
    minimumAvailability: filled(movie.minimumAvailability),
    show: null,
    episodes: [],
    isExcluded: excluded.value.length > 0,
    recycleBin,
  });
}
