import { z } from 'zod';
import { err, ok, type Result } from '#core/result.ts';
import type { EpisodeNow, TitleSettings } from '#features/cleanup/core/removal/title-settings.ts';
import type { CallFailure } from '../failures.ts';
import { findExclusions } from '../servarr/exclusions.ts';
import { checkTags, namesOf, readQualityProfiles, readTags } from '../servarr/labels.ts';
import { filled, folderAbove, positive, withoutEndSlash } from '../servarr/mapping.ts';
import { recycleBinFact } from '../servarr/recycle-bin.ts';
import type { Servarr } from '../servarr/session.ts';
import { toEpisodeNow } from './mapping.ts';
import { episode, exclusion, type Series } from './schemas.ts';

export const exclusionsOf = (servarr: Servarr, tvdb: number) =>
  findExclusions(servarr, 'importlistexclusion', {
    record: exclusion,
    isWanted: (one) => one.tvdbId === tvdb,
  });

export async function readEpisodes(
  servarr: Servarr,
  seriesId: number,
): Promise<Result<EpisodeNow[], CallFailure>> {
  const all = await servarr.json({ path: 'episode', query: { seriesId } }, z.array(episode));
  if (!all.ok) return all;
  if (all.value.some((one) => one.seriesId !== seriesId))
    return err({ code: 'call.wrong-identity', what: 'episode' });
  return ok(all.value.map(toEpisodeNow));
}

/** Everything beside the files that giving back the show, or a part of it, would need (C-14). */
export async function readSettings(
  servarr: Servarr,
  one: Series,
): Promise<Result<TitleSettings, CallFailure>> {
  const tvdb = positive(one.tvdbId);
  const [tags, profiles, episodes, excluded, recycleBin] = await Promise.all([
    readTags(servarr),
    readQualityProfiles(servarr),
    readEpisodes(servarr, one.id),
    tvdb === null ? ok([]) : exclusionsOf(servarr, tvdb),
    recycleBinFact(servarr),
  ]);
  if (!tags.ok) return tags;
  const labels = checkTags(tags.value, [one]);
  if (!labels.ok) return labels;
  if (!profiles.ok) return profiles;
  if (!episodes.ok) return episodes;
  if (!excluded.ok) return excluded;
  const name = profiles.value.get(one.qualityProfileId ?? 0);
  return ok({
    rootFolder: withoutEndSlash(filled(one.rootFolderPath) ?? folderAbove(one.path)),
    qualityProfile: name === undefined ? null : { id: one.qualityProfileId ?? 0, name },
    tags: namesOf(one.tags, labels.value),
    monitored: one.monitored,
    minimumAvailability: null,
    show: showSettings(one),
    episodes: episodes.value,
    isExcluded: excluded.value.length > 0,
    recycleBin,
  });
}

const showSettings = (one: Series): TitleSettings['show'] => ({
  seriesType: filled(one.seriesType),
  monitorNewItems: filled(one.monitorNewItems),
  seasonFolder: one.seasonFolder ?? null,
  seasons: (one.seasons ?? []).map(({ seasonNumber, monitored }) => ({ number: seasonNumber, monitored })),
});
