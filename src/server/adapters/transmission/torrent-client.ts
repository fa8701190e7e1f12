import { z } from 'zod';
import { err, ok, type Result } from '#core/result.ts';
import type { TorrentClient } from '#features/cleanup/server/ports.ts';
import type { TorrentFile } from '#features/cleanup/core/removal/torrent.ts';
import type { ConnectionTarget } from '#features/connections/core/connection.ts';
import type { Http } from '#server/platform/http.ts';
import { toStepProblem, type CallFailure } from '../failures.ts';
import { toFile, toTorrent } from './mapping.ts';
import * as schemas from './schemas.ts';
import { openTransmission } from './session.ts';

type Session = ReturnType<typeof openTransmission>;

const FIELDS = [
  'hashString',
  'name',
  'downloadDir',
  'totalSize',
  'uploadRatio',
  'secondsSeeding',
  'percentDone',
  'leftUntilDone',
  'status',
  'labels',
];

export function createTransmissionClient(http: Http, target: ConnectionTarget): TorrentClient {
  const session = openTransmission(http, target);
  return {
    async torrents() {
      const read = await readTorrents(session);
      return read.ok ? ok(read.value.map(toTorrent)) : err(toStepProblem(read.error));
    },

    async files(hashes) {
      const read = await readFiles(session, hashes);
      return read.ok ? read : err(toStepProblem(read.error));
    },

    async remove(hashes, { deleteFiles }) {
      // Without `ids` it would take every torrent there is.
      if (hashes.length === 0) return ok(undefined);
      const wish = {
        method: 'torrent-remove',
        arguments: { ids: [...hashes], 'delete-local-data': deleteFiles },
      };
      const removed = await session.call(wish, z.unknown());
      return removed.ok ? ok(undefined) : err(toStepProblem(removed.error));
    },
  };
}

export async function readTorrents({ call }: Session) {
  const read = await call({ method: 'torrent-get', arguments: { fields: FIELDS } }, schemas.torrents);
  return read.ok ? ok(read.value.torrents) : read;
}

export async function readFiles(
  { call }: Session,
  hashes: readonly string[],
): Promise<Result<Map<string, TorrentFile[]>, CallFailure>> {
  if (hashes.length === 0) return ok(new Map());
  const fields = ['hashString', 'downloadDir', 'files'];
  const wish = { method: 'torrent-get', arguments: { ids: [...hashes], fields } };
  const read = await call(wish, schemas.files);
  if (!read.ok) return read;
  return ok(
    new Map(
      read.value.torrents.map(({ hashString, downloadDir, files }) => [
        hashString.toLowerCase(),
        files.map((file) => toFile(downloadDir, file)),
      ]),
    ),
  );
}
