import { z } from 'zod';
import { err, ok, type Result } from '#core/result.ts';
import type { StepProblem, TorrentClient } from '#features/cleanup/server/ports.ts';
import type { TorrentFile } from '#features/cleanup/core/removal/torrent.ts';
import type { ConnectionTarget } from '#features/connections/core/connection.ts';
import type { Http } from '#server/platform/http.ts';
import { jsonOf, statusFailure } from '#server/platform/http-exchange.ts';
import { toStepProblem, type CallFailure } from '../failures.ts';
import { toFile, toTorrent } from './mapping.ts';
import { file, torrent, type QbittorrentTorrent } from './schemas.ts';
import { form, openQbittorrent } from './session.ts';

type Session = ReturnType<typeof openQbittorrent>;

export function createQbittorrentClient(http: Http, target: ConnectionTarget): TorrentClient {
  const session = openQbittorrent(http, target);
  return {
    async torrents() {
      const rows = await readTorrents(session);
      return rows.ok ? ok(rows.value.map(toTorrent)) : err(toStepProblem(rows.error));
    },

    async files(hashes) {
      const files = await readFiles(session, hashes);
      return files.ok ? files : err(toStepProblem(files.error));
    },

    remove: (hashes, options) => remove(session, hashes, options),
  };
}

export async function readTorrents(
  { call, secrets }: Session,
  hashes?: readonly string[],
): Promise<Result<QbittorrentTorrent[], CallFailure>> {
  const query = hashes === undefined ? {} : { hashes: hashes.join('|') };
  const answer = await call({ path: 'torrents/info', query, timeoutMs: 60_000 });
  return answer.ok ? jsonOf(answer.value, z.array(torrent), secrets) : answer;
}

/** At a time; it answers one torrent per call. */
const TOGETHER = 4;
/** A query of 5 000 hashes is longer than its web server reads. */
const HASHES_PER_CALL = 100;

/** The save path is asked anew with the files: a torrent that was moved meanwhile would be looked for in vain. */
async function readFiles(
  session: Session,
  hashes: readonly string[],
): Promise<Result<Map<string, TorrentFile[]>, CallFailure>> {
  const all = new Map<string, TorrentFile[]>();
  for (const some of chunks(hashes, HASHES_PER_CALL)) {
    const rows = await readTorrents(session, some);
    if (!rows.ok) return rows;
    for (const few of chunks(rows.value, TOGETHER)) {
      const read = await Promise.all(few.map((row) => filesOf(session, row)));
      for (const [index, files] of read.entries()) {
        if (!files.ok) return files;
        const hash = few[index]?.hash.toLowerCase();
        if (hash !== undefined && files.value !== null) all.set(hash, files.value);
      }
    }
  }
  return ok(all);
}

export async function filesOf(
  { call, secrets }: Session,
  { hash, save_path }: Pick<QbittorrentTorrent, 'hash' | 'save_path'>,
): Promise<Result<TorrentFile[] | null, CallFailure>> {
  const answer = await call({ path: 'torrents/files', query: { hash } });
  if (!answer.ok) return answer;
  if (answer.value.status === 404) return ok(null);
  const files = jsonOf(answer.value, z.array(file), secrets);
  return files.ok ? ok(files.value.map((one) => toFile(save_path, one))) : files;
}

/** It answers 200 for hashes that it does not know. */
async function remove(
  { call, secrets }: Session,
  hashes: readonly string[],
  { deleteFiles }: { deleteFiles: boolean },
): Promise<Result<void, StepProblem>> {
  // Without a hash it would be asked for nothing; `all` is never sent.
  if (hashes.length === 0) return ok(undefined);
  const answer = await call({
    ...form('torrents/delete', { hashes: hashes.join('|'), deleteFiles: String(deleteFiles) }),
    timeoutMs: 60_000,
  });
  if (!answer.ok) return err(toStepProblem(answer.error));
  const { status } = answer.value;
  return status >= 200 && status < 300
    ? ok(undefined)
    : err(toStepProblem(statusFailure(answer.value, secrets)));
}

function* chunks<T>(all: readonly T[], size: number): Generator<readonly T[]> {
  for (let from = 0; from < all.length; from += size) yield all.slice(from, from + size);
}
