import { z } from 'zod';
import { err, ok, type Result } from '#core/result.ts';
import type { ConnectionTarget } from '#features/connections/core/connection.ts';
import type { Batches, CatalogueShow, ShowCatalogue } from '#features/library/server/ports.ts';
import type { Http } from '#server/platform/http.ts';
import { toReadProblem, type CallFailure } from '../failures.ts';
import { readImports } from '../servarr/imports.ts';
import { createTagNames, readQualityProfiles, readTags } from '../servarr/labels.ts';
import { openServarr, type Servarr } from '../servarr/session.ts';
import { readStorage } from '../servarr/storage.ts';
import { distinctFiles, toEpisode, toEpisodeFile, toImport, toShow } from './mapping.ts';
import { episode, episodeFile, historyRecord, series, type Episode, type EpisodeFile } from './schemas.ts';

const LIST_TIMEOUT_MS = 120_000;

export function createSonarrCatalogue(
  http: Http,
  target: ConnectionTarget,
  now: () => Date = () => new Date(),
): ShowCatalogue {
  const servarr = openServarr(http, target, 'Sonarr');
  return {
    storage: () => readStorage(servarr),
    shows: () => shows(servarr, now()),
    imports: (since) =>
      readImports(servarr, since, {
        record: historyRecord,
        toEvent: toImport,
        query: { includeEpisode: true },
      }),

    async episodes(id) {
      const read = await settledEpisodes(servarr, id);
      if (!read.ok) return err(toReadProblem(read.error, `episodes of ${id}`));
      const readAt = now();
      const fileIds = new Set(read.value.files.map((file) => file.id));
      return ok({
        episodes: read.value.episodes.map((one) => toEpisode(one, fileIds)),
        files: distinctFiles(read.value.files).map((file) => toEpisodeFile(file, readAt)),
      });
    },
  };
}

async function* shows(servarr: Servarr, readAt: Date): Batches<CatalogueShow> {
  const [tags, profiles] = await Promise.all([readTags(servarr), readQualityProfiles(servarr)]);
  if (!tags.ok) return err(toReadProblem(tags.error, 'tags'));
  if (!profiles.ok) return err(toReadProblem(profiles.error, 'quality profiles'));
  const namesFor = createTagNames(servarr, tags.value);
  const query = { includeSeasonImages: false };
  const lists = servarr.client.elements({ path: 'series', query, timeoutMs: LIST_TIMEOUT_MS }, series);
  for (;;) {
    const next = await lists.next();
    if (next.done) return next.value.ok ? next.value : err(toReadProblem(next.value.error, 'series'));
    const names = await namesFor(next.value);
    if (!names.ok) return err(toReadProblem(names.error, 'tags'));
    const context = { tags: names.value, profiles: profiles.value, readAt };
    yield next.value.map((one) => toShow(one, context));
  }
}

type Read = { episodes: Episode[]; files: EpisodeFile[] };

async function readEpisodes(servarr: Servarr, seriesId: number): Promise<Result<Read, CallFailure>> {
  const [episodes, files] = await Promise.all([
    servarr.json({ path: 'episode', query: { seriesId } }, z.array(episode)),
    servarr.json({ path: 'episodefile', query: { seriesId } }, z.array(episodeFile)),
  ]);
  if (!episodes.ok) return episodes;
  if (!files.ok) return files;
  const isOfAnother = [...episodes.value, ...files.value].some((one) => one.seriesId !== seriesId);
  if (isOfAnother) return err({ code: 'call.wrong-identity', what: 'show' });
  return ok({ episodes: episodes.value, files: files.value });
}

const fitTogether = ({ episodes, files }: Read): boolean => {
  const ids = new Set(files.map(({ id }) => id));
  return episodes.every(({ episodeFileId }) => !episodeFileId || ids.has(episodeFileId));
};

/** An import between the two calls makes them disagree, so they are asked once more; what stays is a dead reference. */
async function settledEpisodes(servarr: Servarr, seriesId: number): Promise<Result<Read, CallFailure>> {
  const first = await readEpisodes(servarr, seriesId);
  return first.ok && !fitTogether(first.value) ? readEpisodes(servarr, seriesId) : first;
}
