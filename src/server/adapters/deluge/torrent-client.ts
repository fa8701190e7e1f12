import { z } from 'zod';
import { err, ok } from '#core/result.ts';
import type { TorrentClient } from '#features/cleanup/server/ports.ts';
import type { ConnectionTarget } from '#features/connections/core/connection.ts';
import type { Http } from '#server/platform/http.ts';
import { toStepProblem, type CallFailure } from '../failures.ts';
import { toFile, toTorrent } from './mapping.ts';
import * as schemas from './schemas.ts';
import { openDeluge } from './session.ts';

const KEYS = [
  'name',
  'save_path',
  'total_size',
  'ratio',
  'seeding_time',
  'is_finished',
  'progress',
  'state',
  'label',
];

export function createDelugeClient(http: Http, target: ConnectionTarget): TorrentClient {
  const { call } = openDeluge(http, target);
  return {
    async torrents() {
      const read = await call('core.get_torrents_status', [{}, KEYS], schemas.torrents);
      if (!read.ok) return err(toStepProblem(read.error));
      return ok(Object.entries(read.value).map(([hash, row]) => toTorrent(hash, row)));
    },

    async files(hashes) {
      if (hashes.length === 0) return ok(new Map());
      const params = [{ id: [...hashes] }, ['save_path', 'files']];
      const read = await call('core.get_torrents_status', params, schemas.files);
      if (!read.ok) return err(toStepProblem(read.error));
      const all = Object.entries(read.value).map(
        ([hash, { save_path, files }]) =>
          [hash.toLowerCase(), files.map((file) => toFile(save_path, file))] as const,
      );
      return ok(new Map(all));
    },

    /** One by one: the call for several is younger than 1.3. */
    async remove(hashes, { deleteFiles }) {
      for (const hash of hashes) {
        const removed = await call('core.remove_torrent', [hash, deleteFiles], z.unknown());
        if (!removed.ok && !isUnknownTorrent(removed.error)) return err(toStepProblem(removed.error));
      }
      return ok(undefined);
    },
  };
}

/** Deluge 2 says `InvalidTorrentError: torrent_id … not in session`. */
const isUnknownTorrent = (failure: CallFailure): boolean =>
  failure.code === 'http.status' && /InvalidTorrentError|not in session/i.test(failure.message);
