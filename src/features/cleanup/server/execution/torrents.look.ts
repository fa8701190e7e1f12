import type { ConnectionId } from '#core/ids.ts';
import { err, ok, type Result } from '#core/result.ts';
import { isWithin } from '#features/library/core/paths.ts';
import type { FileOfTorrent, SeenTorrent, Torrent } from '../../core/removal/torrent.ts';
import type { ConnectedTorrentClient, StepProblem } from '../ports.ts';
import type { LookAt, OwnPaths } from './torrents.ports.ts';

/** What torrents are looked for: those that may hold one of these files, by path, by size or by hash. */
export type Wanted = { paths: readonly string[]; sizes: readonly number[]; hashes: readonly string[] };

export type TorrentLookDeps = { ownPaths: OwnPaths; lookAt: LookAt };

type Unseen = Torrent & {
  connectionId: ConnectionId;
  files: readonly { path: string; sizeBytes: number }[];
};

/** The eyes for torrents: what the clients tell, as this program sees it on the disks. */
export function createTorrentLook({ ownPaths, lookAt }: TorrentLookDeps) {
  /** Of one client, with own paths. Only of torrents that are as large as the smallest file can a file be in it. */
  async function read(
    { connectionId, client }: ConnectedTorrentClient,
    wanted: Wanted,
  ): Promise<Result<Unseen[], StepProblem>> {
    const all = await client.torrents();
    if (!all.ok) return all;
    const least = Math.min(...wanted.sizes);
    const large = all.value.filter(
      ({ hash, sizeBytes }) => sizeBytes >= least || wanted.hashes.includes(hash),
    );
    const files = await client.files(large.map(({ hash }) => hash));
    if (!files.ok) return files;
    const torrents: Unseen[] = [];
    for (const torrent of large) {
      const told = files.value.get(torrent.hash);
      if (told === undefined) continue; // it went while we asked
      const paths = await ownPaths.ofConnection(
        connectionId,
        told.map((file) => file.path),
      );
      const own = told.map(({ sizeBytes }, index) => ({ path: paths[index] ?? '', sizeBytes }));
      torrents.push({ ...torrent, connectionId, files: own });
    }
    return ok(torrents);
  }

  /** Those that matter, with a look at each of their files. */
  async function look(torrents: readonly Unseen[], wanted: Wanted): Promise<SeenTorrent[]> {
    const roots = await ownPaths.rootFolders();
    const seen: SeenTorrent[] = [];
    for (const torrent of concerned(torrents, wanted)) {
      const files: FileOfTorrent[] = [];
      for (const { path, sizeBytes } of torrent.files)
        files.push({
          path,
          sizeBytes,
          sight: await lookAt(path),
          inLibrary: roots.some((root) => isWithin(path, root)),
        });
      seen.push({ ...torrent, files });
    }
    return seen;
  }

  return {
    /** Every client or a problem: who cannot be asked may hold the same files. */
    async everywhere(
      clients: readonly ConnectedTorrentClient[],
      wanted: Wanted,
    ): Promise<Result<SeenTorrent[], StepProblem>> {
      const all: Unseen[] = [];
      for (const one of clients) {
        const told = await read(one, wanted);
        if (!told.ok) return err(told.error);
        all.push(...told.value);
      }
      return ok(await look(all, wanted));
    },

    read,
    look,
  };
}

/** A second name has the same size; a twin shares a path with one that matters (T-62). */
function concerned(torrents: readonly Unseen[], wanted: Wanted): Unseen[] {
  const [paths, sizes] = [new Set(wanted.paths), new Set(wanted.sizes)];
  const direct = torrents.filter(
    ({ hash, files }) =>
      wanted.hashes.includes(hash) ||
      files.some(({ path, sizeBytes }) => paths.has(path) || sizes.has(sizeBytes)),
  );
  const theirs = new Set(direct.flatMap(({ files }) => files.map(({ path }) => path)));
  return torrents.filter(
    (torrent) => direct.includes(torrent) || torrent.files.some(({ path }) => theirs.has(path)),
  );
}
