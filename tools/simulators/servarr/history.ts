import type { HistoryRow, ServarrEvent } from '../../seed/household.ts';
import { isTrue, json, numbersIn, type Call, type Route } from '../http.ts';
import { nextId, type Servarr } from './house.ts';
import { badRequest } from './problems.ts';
import { paged, sortBy } from './paging.ts';
import { quality, languages } from './quality.ts';

type Names = Record<ServarrEvent, readonly [number: number, name: string]>;

/** The two programs number their events differently. */
const eventNames: Record<Servarr['app'], Names> = {
  Radarr: {
    grabbed: [1, 'grabbed'],
    imported: [3, 'downloadFolderImported'],
    failed: [4, 'downloadFailed'],
    deleted: [6, 'movieFileDeleted'],
    folderImported: [7, 'movieFolderImported'],
    renamed: [8, 'movieFileRenamed'],
    ignored: [9, 'downloadIgnored'],
  },
  Sonarr: {
    grabbed: [1, 'grabbed'],
    folderImported: [2, 'seriesFolderImported'],
    imported: [3, 'downloadFolderImported'],
    failed: [4, 'downloadFailed'],
    deleted: [5, 'episodeFileDeleted'],
    renamed: [6, 'episodeFileRenamed'],
    ignored: [7, 'downloadIgnored'],
  },
};

/** Sonarr only; a row whose episode is gone comes without one (J-75). */
type WithEpisode = (row: HistoryRow) => { episode?: unknown };

export function historyRoutes(servarr: Servarr, withEpisode: WithEpisode = () => ({})): Route[] {
  const { house, app } = servarr;
  const names = eventNames[app];
  const owner = app === 'Radarr' ? 'movie' : 'series';
  const write = (row: HistoryRow, call?: Call) => ({
    id: row.id,
    ...(app === 'Radarr' ? { movieId: row.titleId } : { episodeId: row.episodeId, seriesId: row.titleId }),
    sourceTitle: row.sourceTitle,
    languages,
    quality: quality(app, row.quality),
    customFormats: [],
    customFormatScore: 0,
    qualityCutoffNotMet: false,
    date: row.at,
    ...(row.downloadId ? { downloadId: row.downloadId } : {}),
    eventType: names[row.event][1],
    data: row.data,
    ...(isTrue(call?.query.get('includeEpisode') ?? null) ? withEpisode(row) : {}),
  });
  const newestFirst = createNewestFirst(servarr);
  const ofEvents = (wanted: readonly number[]) => (row: HistoryRow) =>
    wanted.length === 0 || wanted.includes(names[row.event][0]);
  // The paged list filters by number; the plain ones take the name as well.
  const eventFilter = (value: string | null) =>
    value === null
      ? () => true
      : (row: HistoryRow) => String(names[row.event][0]) === value || names[row.event][1] === value;

  return [
    [
      'GET',
      '/api/v3/history',
      (call) => {
        const titles = new Set(numbersIn(call.query, owner === 'movie' ? 'movieIds' : 'seriesIds'));
        const isWanted = ofEvents(numbersIn(call.query, 'eventType'));
        const rows = newestFirst().filter(
          (row) => isWanted(row) && (titles.size === 0 || titles.has(row.titleId)),
        );
        const isAscending = call.query.get('sortDirection') === 'ascending';
        return paged({
          call,
          rows: isAscending ? rows.reverse() : rows,
          defaultSortKey: 'date',
          keys: {},
          write: (row) => write(row, call),
        });
      },
    ],
    [
      'GET',
      '/api/v3/history/since',
      (call) => {
        const date = Date.parse(call.query.get('date') ?? '');
        if (Number.isNaN(date)) return badRequest('date must be provided');
        const isWanted = eventFilter(call.query.get('eventType'));
        return json(
          200,
          newestFirst()
            .filter((row) => Date.parse(row.at) >= date && isWanted(row))
            .map((row) => write(row, call)),
        );
      },
    ],
    [
      'GET',
      `/api/v3/history/${owner}`,
      (call) => {
        const id = call.query.get(`${owner}Id`);
        if (id === null) return badRequest(`${owner}Id must be provided`);
        const season = call.query.get('seasonNumber');
        const isWanted = eventFilter(call.query.get('eventType'));
        const rows = newestFirst().filter(
          (row) =>
            row.titleId === Number(id) && isWanted(row) && (season === null || row.season === Number(season)),
        );
        return json(
          200,
          rows.map((row) => write(row, call)),
        );
      },
    ],
  ];

  function createNewestFirst(of: Servarr): () => HistoryRow[] {
    let sorted: HistoryRow[] = [];
    let from: HistoryRow[] | undefined;
    let length = -1;
    return () => {
      if (from !== house.history || length !== house.history.length) {
        from = house.history;
        length = house.history.length;
        sorted = sortBy(of.house.history, (row) => row.at, false);
      }
      return sorted.slice();
    };
  }
}

/** A new line in the history. */
export function remember(servarr: Servarr, row: Omit<HistoryRow, 'id' | 'at'>): void {
  servarr.house.history.push({ ...row, id: nextId(servarr), at: servarr.world.now().toISOString() });
}
