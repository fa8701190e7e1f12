import { empty, json, numbersIn, type Route } from '../http.ts';
import { nextId, type Servarr } from './house.ts';
import { notFound } from './problems.ts';
import { paged } from './paging.ts';
import { languages, quality } from './quality.ts';

type Download = Servarr['house']['queue'][number];

export function queueRoutes(servarr: Servarr): Route[] {
  const { house, app } = servarr;
  const idName = app === 'Radarr' ? 'movieId' : 'seriesId';
  const write = (row: Download) => ({
    id: row.id,
    ...(app === 'Radarr'
      ? { movieId: row.titleId }
      : { seriesId: row.titleId, episodeId: row.episodeId, seasonNumber: 1, episodeHasFile: false }),
    languages,
    quality: quality(app, 'WEBDL-1080p'),
    customFormats: [],
    customFormatScore: 0,
    size: row.sizeBytes,
    sizeleft: row.leftBytes,
    title: row.title,
    timeleft: '00:42:00',
    status: 'downloading',
    trackedDownloadStatus: 'ok',
    trackedDownloadState: 'downloading',
    statusMessages: [],
    downloadId: `SIM${String(row.id)}`,
    protocol: 'torrent',
    downloadClient: 'qBittorrent',
    indexer: 'Faro',
  });
  return [
    [
      'GET',
      '/api/v3/queue',
      (call) => {
        const wanted = numbersIn(call.query, `${idName}s`);
        const rows = house.queue.filter((row) => wanted.length === 0 || wanted.includes(row.titleId));
        return paged({ call, rows, defaultSortKey: 'timeleft', keys: {}, write });
      },
    ],
    [
      'GET',
      '/api/v3/queue/details',
      (call) => {
        const wanted = numbersIn(call.query, idName);
        return json(
          200,
          house.queue.filter((row) => wanted.length === 0 || wanted.includes(row.titleId)).map(write),
        );
      },
    ],
    [
      'DELETE',
      '/api/v3/queue/:id#',
      (call) => {
        const row = house.queue.find((one) => one.id === Number(call.params['id']));
        if (!row) return notFound();
        house.queue.splice(house.queue.indexOf(row), 1);
        servarr.world.changed();
        return empty(200);
      },
    ],
  ];
}

/** What a monitored title without its file leads to: it is fetched again. */
export function enqueue(servarr: Servarr, row: Omit<Download, 'id'>): Download {
  const download = { id: nextId(servarr), ...row };
  servarr.house.queue.push(download);
  return download;
}
