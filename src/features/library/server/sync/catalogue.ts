import type { ItemId } from '#core/ids.ts';
import { err, ok, type Result } from '#core/result.ts';
import { addDays } from '#core/time-span.ts';
import { seasonId, titleId } from '../../core/item.ts';
import { checkShrink, checkSurvivors } from '../../core/shrink.ts';
import type { ReadProblem, SyncProblem } from '../../core/source.ts';
import type { Batches, Changes, FilmCatalogue, ImportEvent, ShowCatalogue, Storage } from '../ports.ts';
import type { ShareWriter } from '../store.ports.ts';
import { episodeFileRow, episodeRow, fileRow, filmRow, showRows, type From } from './catalogue-rows.ts';
import { counter, drain, guard, type Report } from './drain.ts';

export type SourceRead = { count: number; changes: Changes };
export type CatalogueRead = SourceRead & { storage: Storage };

export type ReadContext = {
  writer: ShareWriter;
  from: From;
  report: Report;
  acceptShrink: boolean;
  allowedPercent: number;
  lastSuccessAt: Date | null;
};

/** Clocks of two machines differ, and an import may be noted late: history is read again from a day earlier. */
const HISTORY_OVERLAP_DAYS = 1;
/** T-10: more questions at a time make a small Sonarr slower, not faster. */
const QUESTIONS_AT_A_TIME = 4;

/** All of one Radarr or nothing. */
export async function readFilms(
  catalogue: FilmCatalogue,
  context: ReadContext,
): Promise<Result<CatalogueRead, SyncProblem>> {
  const { writer, from, report } = context;
  const storage = await guard('storage', () => catalogue.storage());
  if (!storage.ok) return storage;

  const films = counter(report, 'catalogue');
  const read = await drain('movies', catalogue.films(), async (batch) => {
    await writer.stage(
      'items',
      batch.map((film) => filmRow(from, film)),
    );
    const files = batch.flatMap((film) =>
      film.file ? [fileRow(from, titleId(from.connectionId, film.externalId), film.file, null)] : [],
    );
    await writer.stage('files', files);
    await films.add(batch.length);
  });
  if (!read.ok) return read;

  const problem = await shrinkProblem(context, films.done);
  if (problem) return err(problem);
  const rest = await mergeWithImports(context, films.done, (since) => catalogue.imports(since));
  return rest.ok ? ok({ ...rest.value, storage: storage.value }) : rest;
}

/** All of one Sonarr or nothing. Episodes are asked only of shows that may have changed. */
export async function readShows(
  catalogue: ShowCatalogue,
  context: ReadContext,
): Promise<Result<CatalogueRead, SyncProblem>> {
  const { writer, from, report } = context;
  const storage = await guard('storage', () => catalogue.storage());
  if (!storage.ok) return storage;

  const before = await writer.fingerprints(from.connectionId);
  const changed: number[] = [];
  const shows = counter(report, 'catalogue');
  const read = await drain('series', catalogue.shows(), async (batch) => {
    await writer.stage(
      'items',
      batch.flatMap((show) => showRows(from, show)),
    );
    const differs = batch.filter(
      (show) => before.get(titleId(from.connectionId, show.externalId)) !== show.fingerprint,
    );
    changed.push(...differs.map((show) => show.externalId));
    await shows.add(batch.length);
  });
  if (!read.ok) return read;

  const problem = await shrinkProblem(context, shows.done);
  if (problem) return err(problem);
  const episodes = await readEpisodes(catalogue, context, changed);
  if (!episodes.ok) return episodes;

  const within = changed.map((externalId) => titleId(from.connectionId, externalId));
  const rest = await mergeWithImports(context, shows.done, (since) => catalogue.imports(since), within);
  return rest.ok ? ok({ ...rest.value, storage: storage.value }) : rest;
}

async function readEpisodes(
  catalogue: ShowCatalogue,
  { writer, from, report }: ReadContext,
  shows: readonly number[],
): Promise<Result<void, ReadProblem>> {
  const done = counter(report, 'episodes', shows.length);
  for (let start = 0; start < shows.length; start += QUESTIONS_AT_A_TIME) {
    const few = shows.slice(start, start + QUESTIONS_AT_A_TIME);
    const answers = await Promise.all(
      few.map((show) => guard(`series/${show}/episodes`, () => catalogue.episodes(show))),
    );
    for (const [index, answer] of answers.entries()) {
      if (!answer.ok) return answer;
      const id = titleId(from.connectionId, few[index] ?? 0);
      await writer.stage(
        'episodes',
        answer.value.episodes.map((episode) => episodeRow(from, id, episode)),
      );
      await writer.stage(
        'files',
        answer.value.files.map((file) => episodeFileRow(from, id, file)),
      );
    }
    await done.add(few.length);
  }
  return ok(undefined);
}

/** Numbers that mean other titles than before (another server, a restored database) count as titles that are missing. */
async function shrinkProblem(
  { writer, from, acceptShrink, allowedPercent }: ReadContext,
  has: number,
): Promise<SyncProblem | null> {
  if (acceptShrink) return null;
  const had = await writer.had('items', from.connectionId);
  const shrunk = checkShrink({ had, has, allowedPercent });
  if (shrunk) return shrunk;
  return checkSurvivors({ had, has: await writer.survivors('items', from.connectionId), allowedPercent });
}

async function mergeWithImports(
  context: ReadContext,
  count: number,
  importsOf: (since: Date | null) => Batches<ImportEvent>,
  within?: readonly ItemId[],
): Promise<Result<SourceRead, SyncProblem>> {
  const { writer, from, lastSuccessAt } = context;
  const renumbered = await writer.isRenumbered(from.connectionId);
  const since = lastSuccessAt && !renumbered ? addDays(lastSuccessAt, -HISTORY_OVERLAP_DAYS) : null;
  const imports = await readImports(importsOf(since), context);
  if (!imports.ok) return imports;

  const changes = await writer.merge('items', from.connectionId);
  if (within === undefined) await writer.merge('files', from.connectionId);
  else {
    await writer.merge('episodes', from.connectionId, within);
    await writer.merge('files', from.connectionId, within);
  }
  if (changes.removed > 0) await writer.dropOrphans(from.connectionId);
  await writer.noteImports(imports.value);
  return ok({ count, changes });
}

/** The first import of each title and season that the history tells of. */
async function readImports(
  list: Batches<ImportEvent>,
  { from, report }: ReadContext,
): Promise<Result<Map<ItemId, Date>, ReadProblem>> {
  const first = new Map<ItemId, Date>();
  const note = (id: ItemId, at: Date) => {
    const known = first.get(id);
    if (!known || at < known) first.set(id, at);
  };
  const events = counter(report, 'imports');
  const read = await drain('history', list, async (batch) => {
    for (const { titleExternalId, seasonNumber, at } of batch) {
      const id = titleId(from.connectionId, titleExternalId);
      note(id, at);
      if (seasonNumber !== null) note(seasonId(id, seasonNumber), at);
    }
    await events.add(batch.length);
  });
  return read.ok ? ok(first) : read;
}
