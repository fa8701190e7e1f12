import type { ItemId } from '#core/ids.ts';
import { err, ok, type Result } from '#core/result.ts';
import { addDays } from '#core/time-span.ts';
import { seasonId, titleId } from '../../core/item.ts';
import { checkShrink, checkSurvivors } from '../../core/shrink.ts';
import type { ReadProblem, SyncProblem } from '../../core/source.ts';
import type { StandIns } from '../../core/stand-ins.ts';
import type {
  Batches,
  CatalogueEpisode,
  CatalogueEpisodeFile,
  FilmCatalogue,
  ImportEvent,
  ShowCatalogue,
  Storage,
} from '../ports.ts';
import type { Changes } from '../runs.ports.ts';
import type { Imports, ShareWriter } from '../store.ports.ts';
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
  standIns: StandIns;
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
  const imports = await readImports((since) => catalogue.imports(since), context);
  if (!imports.ok) return imports;
  return ok({ count: films.done, changes: await merge(context, imports.value), storage: storage.value });
}

/**
 * All of one Sonarr or nothing. Episodes are asked only of shows that may have changed: those that look different, and
 * those into which something was imported, because an upgrade of the very same size looks the same.
 */
export async function readShows(
  catalogue: ShowCatalogue,
  context: ReadContext,
): Promise<Result<CatalogueRead, SyncProblem>> {
  const { writer, from, report } = context;
  const storage = await guard('storage', () => catalogue.storage());
  if (!storage.ok) return storage;

  const before = await writer.fingerprints(from.connectionId);
  const listed = new Set<number>();
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
    for (const show of batch) listed.add(show.externalId);
    await shows.add(batch.length);
  });
  if (!read.ok) return read;

  const problem = await shrinkProblem(context, shows.done);
  if (problem) return err(problem);
  const imports = await readImports((since) => catalogue.imports(since), context);
  if (!imports.ok) return imports;
  const asked = [...new Set([...changed, ...imports.value.titles.filter((id) => listed.has(id))])];
  const episodes = await readEpisodes(catalogue, context, asked);
  if (!episodes.ok) return episodes;

  const within = asked.map((externalId) => titleId(from.connectionId, externalId));
  const changes = await merge(context, imports.value, within);
  return ok({ count: shows.done, changes, storage: storage.value });
}

async function readEpisodes(
  catalogue: ShowCatalogue,
  { writer, from, report }: ReadContext,
  shows: readonly number[],
): Promise<Result<void, ReadProblem>> {
  const done = counter(report, 'episodes', shows.length);
  return drain('series/episodes', episodesOf(catalogue, shows), async (answers) => {
    const idOf = (show: number) => titleId(from.connectionId, show);
    await writer.stage(
      'episodes',
      answers.flatMap(({ show, episodes }) => episodes.map((one) => episodeRow(from, idOf(show), one))),
    );
    await writer.stage(
      'files',
      answers.flatMap(({ show, files }) => files.map((one) => episodeFileRow(from, idOf(show), one))),
    );
    await done.add(answers.length);
  });
}

type EpisodesOfShow = {
  show: number;
  episodes: readonly CatalogueEpisode[];
  files: readonly CatalogueEpisodeFile[];
};

async function* episodesOf(catalogue: ShowCatalogue, shows: readonly number[]): Batches<EpisodesOfShow> {
  for (let start = 0; start < shows.length; start += QUESTIONS_AT_A_TIME) {
    const answers: EpisodesOfShow[] = [];
    const failures: Result<void, ReadProblem>[] = [];
    const ask = async (show: number) => {
      const answer = await guard(`series/${show}/episodes`, () => catalogue.episodes(show));
      if (answer.ok) answers.push({ show, ...answer.value });
      else failures.push(answer);
    };
    await Promise.all(shows.slice(start, start + QUESTIONS_AT_A_TIME).map(ask));
    if (failures[0]) return failures[0];
    yield answers;
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

async function merge(
  { writer, from }: ReadContext,
  imports: Imports,
  within?: readonly ItemId[],
): Promise<Changes> {
  await writer.noteImports(from.connectionId, imports);
  const changes = await writer.merge('items', from.connectionId);
  if (within === undefined) await writer.merge('files', from.connectionId);
  else {
    await writer.merge('episodes', from.connectionId, within);
    await writer.merge('files', from.connectionId, within);
  }
  if (changes.removed > 0) await writer.dropOrphans(from.connectionId);
  return changes;
}

/** `titles`: into which something was imported since the last sync; empty when all of the history was read. */
type ImportsRead = Imports & { titles: readonly number[] };

async function readImports(
  importsOf: (since: Date | null) => Batches<ImportEvent>,
  { writer, from, report, lastSuccessAt }: ReadContext,
): Promise<Result<ImportsRead, ReadProblem>> {
  const renumbered = await writer.isRenumbered(from.connectionId);
  const since = lastSuccessAt && !renumbered ? addDays(lastSuccessAt, -HISTORY_OVERLAP_DAYS) : null;
  const first = new Map<ItemId, Date>();
  const lastOfEpisodes = new Map<number, Date>();
  const titles = new Set<number>();
  const events = counter(report, 'imports');
  const read = await drain('history', importsOf(since), async (batch) => {
    for (const { titleExternalId, seasonNumber, episodeExternalId, at } of batch) {
      const id = titleId(from.connectionId, titleExternalId);
      keep(first, id, at, isBefore);
      if (seasonNumber !== null) keep(first, seasonId(id, seasonNumber), at, isBefore);
      if (episodeExternalId) keep(lastOfEpisodes, episodeExternalId, at, isAfter);
      if (since !== null) titles.add(titleExternalId);
    }
    await events.add(batch.length);
  });
  return read.ok ? ok({ first, lastOfEpisodes, titles: [...titles] }) : read;
}

const isBefore = (a: Date, b: Date): boolean => a < b;
const isAfter = (a: Date, b: Date): boolean => a > b;

function keep<K>(dates: Map<K, Date>, key: K, at: Date, isBetter: (a: Date, b: Date) => boolean): void {
  const known = dates.get(key);
  if (!known || isBetter(at, known)) dates.set(key, at);
}
