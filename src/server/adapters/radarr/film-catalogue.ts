import { z } from 'zod';
import { err, ok, type Result } from '#core/result.ts';
import type { ConnectionTarget } from '#features/connections/core/connection.ts';
import type { Batches, CatalogueFilm, FilmCatalogue } from '#features/library/server/ports.ts';
import type { Http } from '#server/platform/http.ts';
import { toReadProblem, type CallFailure } from '../failures.ts';
import { readImports } from '../servarr/imports.ts';
import { createTagNames, readQualityProfiles, readTags } from '../servarr/labels.ts';
import type { MediaFile } from '../servarr/schemas.ts';
import { openServarr, type Servarr } from '../servarr/session.ts';
import { readStorage } from '../servarr/storage.ts';
import { lacksItsFile, toFilm, toImport } from './mapping.ts';
import { historyRecord, movie, movieFile, type Movie } from './schemas.ts';

const LIST_TIMEOUT_MS = 120_000;
/** Ids travel in the address, which servers cut at a few thousand characters. */
const FILE_IDS_PER_CALL = 100;

export function createRadarrCatalogue(
  http: Http,
  target: ConnectionTarget,
  now: () => Date = () => new Date(),
): FilmCatalogue {
  const servarr = openServarr(http, target, 'Radarr');
  return {
    storage: () => readStorage(servarr),
    films: () => films(servarr, now()),
    imports: (since) => readImports(servarr, since, { record: historyRecord, toEvent: toImport }),
  };
}

async function* films(servarr: Servarr, readAt: Date): Batches<CatalogueFilm> {
  const [tags, profiles] = await Promise.all([readTags(servarr), readQualityProfiles(servarr)]);
  if (!tags.ok) return err(toReadProblem(tags.error, 'tags'));
  if (!profiles.ok) return err(toReadProblem(profiles.error, 'quality profiles'));
  const namesFor = createTagNames(servarr, tags.value);
  const query = { excludeLocalCovers: true };
  const lists = servarr.client.elements({ path: 'movie', query, timeoutMs: LIST_TIMEOUT_MS }, movie);
  for (;;) {
    const next = await lists.next();
    if (next.done) return next.value.ok ? next.value : err(toReadProblem(next.value.error, 'movies'));
    const names = await namesFor(next.value);
    if (!names.ok) return err(toReadProblem(names.error, 'tags'));
    const files = await missingFiles(servarr, next.value);
    if (!files.ok) return err(toReadProblem(files.error, 'movie files'));
    const context = { tags: names.value, profiles: profiles.value, readAt };
    yield next.value.map((one) => toFilm(one, one.movieFile ?? files.value.get(one.id) ?? null, context));
  }
}

/** Files that the list of films left out, by film. */
async function missingFiles(
  servarr: Servarr,
  movies: readonly Movie[],
): Promise<Result<ReadonlyMap<number, MediaFile>, CallFailure>> {
  const ids = movies.filter(lacksItsFile).map(({ id }) => id);
  const found = new Map<number, MediaFile>();
  for (let from = 0; from < ids.length; from += FILE_IDS_PER_CALL) {
    const movieId = ids.slice(from, from + FILE_IDS_PER_CALL);
    const files = await servarr.json({ path: 'moviefile', query: { movieId } }, z.array(movieFile));
    if (!files.ok) return files;
    for (const file of files.value) found.set(file.movieId, file);
  }
  return ok(found);
}
