import { err, ok, type Result } from '#core/result.ts';
import type { ConnectionTarget } from '#features/connections/core/connection.ts';
import type { ReadProblem } from '#features/library/core/source.ts';
import type { Batches, Play, PlaySource, ProviderIds } from '#features/library/server/ports.ts';
import type { Http } from '#server/platform/http.ts';
import { toReadProblem } from '../failures.ts';
import { hasIds, idsOfGuids, keyOf, toPlay } from './mapping.ts';
import { historyPage, metadata, type HistoryRow } from './schemas.ts';
import { openTautulli, type Tautulli } from './session.ts';

/** The total is counted anew for each page, so few and large ones. */
const PAGE_SIZE = 1000;
const PAGE_TIMEOUT_MS = 120_000;
/** Plex is asked for each title; what is left over is found by its title and year. */
const MOST_LOOKUPS = 500;
const AT_ONCE = 4;

export const createTautulliPlays = (http: Http, target: ConnectionTarget): PlaySource => ({
  tells: 'list',
  plays: ({ since }) => readPlays(openTautulli(http, target), since),
});

async function* readPlays(tautulli: Tautulli, since: Date | null): Batches<Play> {
  const lookUp = createLookUp(tautulli);
  for (let start = 0; ; start += PAGE_SIZE) {
    const page = await readPage(tautulli, start);
    if (!page.ok) return page;
    yield await playsOf(page.value.rows, lookUp);
    const oldest = page.value.rows.at(-1)?.date ?? null;
    const isOld = since !== null && oldest !== null && oldest * 1000 < since.getTime();
    if (isOld || start + PAGE_SIZE >= page.value.total) return ok(undefined);
  }
}

type Page = { rows: HistoryRow[]; total: number };

async function readPage(tautulli: Tautulli, start: number): Promise<Result<Page, ReadProblem>> {
  const query = {
    start,
    length: PAGE_SIZE,
    order_column: 'date',
    order_dir: 'desc',
    grouping: 0,
    include_activity: 0,
  };
  const page = await tautulli.ask('get_history', { query, timeoutMs: PAGE_TIMEOUT_MS }, historyPage);
  if (!page.ok) return err(toReadProblem(page.error, 'plays'));
  const { data: rows, recordsFiltered: total } = page.value;
  const expected = Math.max(0, Math.min(PAGE_SIZE, total - start));
  if (rows.length < expected) return err({ code: 'read.short', what: 'plays', expected, got: rows.length });
  return ok({ rows, total });
}

const noIds: ProviderIds = { tmdb: null, tvdb: null, imdb: null };

/** The plays of a page, each with the provider ids of its title as far as anybody knows them. */
async function playsOf(rows: readonly HistoryRow[], lookUp: LookUp): Promise<Play[]> {
  const plays = rows.flatMap((row) => {
    const play = toPlay(row);
    return play ? [{ play, key: hasIds(play.ids) ? '' : keyOf(row) }] : [];
  });
  const known = await lookUp(plays.map(({ key }) => key));
  return plays.map(({ play, key }) => (key === '' ? play : { ...play, ids: known.get(key) ?? noIds }));
}

type LookUp = (keys: readonly string[]) => Promise<ReadonlyMap<string, ProviderIds>>;

/**
 * The provider ids of titles, each asked once. Ids are a help and not the evidence: with the first failure, as when Plex is
 * down (T-51), nobody is asked any more in this read, and titles and years have to do.
 */
function createLookUp(tautulli: Tautulli): LookUp {
  const known = new Map<string, ProviderIds>();
  let isUseless = false;

  async function ask(key: string): Promise<void> {
    const told = await tautulli.ask('get_metadata', { query: { rating_key: key }, retries: 0 }, metadata);
    if (!told.ok) isUseless = true;
    known.set(key, told.ok ? idsOfGuids(told.value.guids ?? []) : noIds);
  }

  return async (keys) => {
    const unknown = [...new Set(keys)].filter((key) => key !== '' && !known.has(key));
    for (let from = 0; from < unknown.length && !isUseless && known.size < MOST_LOOKUPS; from += AT_ONCE)
      await Promise.all(unknown.slice(from, from + AT_ONCE).map(ask));
    return known;
  };
}
