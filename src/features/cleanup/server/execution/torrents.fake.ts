import type { ConnectionId } from '#core/ids.ts';
import { known } from '#core/fact.ts';
import { err, ok, type Result } from '#core/result.ts';
import type { Torrent } from '../../core/removal/torrent.ts';
import type { TorrentClient, StepProblem } from '../ports.ts';
import type { LookAt, OwnPaths } from './torrents.ports.ts';
import type { Weather, World } from './world.fake.ts';

/** A torrent and its files; `linkOf` is the path in the library that has the same bytes. */
export type HeldTorrent = Torrent & {
  files: { path: string; sizeBytes: number; linkOf: string | null }[];
};

export const fakeClientId = 'qbit0001' as ConnectionId;

export const aHeldTorrent = (changes: Partial<HeldTorrent> = {}): HeldTorrent => ({
  hash: 'a'.repeat(40),
  name: 'Alma',
  savePath: '/downloads',
  sizeBytes: (changes.files ?? []).reduce((sum, file) => sum + file.sizeBytes, 0),
  ratio: 3,
  seedingSeconds: 40 * 86_400,
  finished: true,
  state: 'seeding',
  category: null,
  files: [],
  ...changes,
});

/** Every torrent that was removed, with what the library still had of its files at that moment. */
export type TorrentDeed = { hash: string; deleteFiles: boolean; stillInLibrary: readonly string[] };

/** Calls to it are named `torrents`, `torrent-files` and `remove-torrents` to the weather. */
export function fakeTorrents(
  world: Pick<World, 'titles'>,
  held: HeldTorrent[],
  weather: Weather = () => 'none',
  touched: () => void = () => undefined,
) {
  const deeds: TorrentDeed[] = [];
  /** By whom the files of removed torrents were left on the disk. */
  const orphans: string[] = [];
  const libraryFiles = () =>
    Object.values(world.titles).flatMap((titles) => titles.flatMap((title) => title.files));
  const libraryPaths = () => libraryFiles().map((file) => file.path);

  async function answer<T>(call: string, act: () => Result<T, StepProblem>): Promise<Result<T, StepProblem>> {
    const fault = weather(call);
    if (fault === 'silent-before') return err({ code: 'step.unreachable', reason: 'timed out' });
    if (fault === 'refused') return err({ code: 'step.refused', status: 403, reason: 'no' });
    const result = act();
    touched();
    return fault === 'silent-after' ? err({ code: 'step.unreachable', reason: 'timed out' }) : result;
  }

  const client: TorrentClient = {
    torrents: () => answer('torrents', () => ok(held.map(({ files: _files, ...torrent }) => torrent))),
    files: (hashes) =>
      answer('torrent-files', () =>
        ok(
          new Map(
            held
              .filter(({ hash }) => hashes.includes(hash))
              .map(({ hash, files }) => [hash, files.map(({ path, sizeBytes }) => ({ path, sizeBytes }))]),
          ),
        ),
      ),
    remove: (hashes, { deleteFiles }) =>
      answer('remove-torrents', () => {
        for (const torrent of held.filter(({ hash }) => hashes.includes(hash))) {
          const links = torrent.files.flatMap(({ linkOf, path }) => [path, ...(linkOf ? [linkOf] : [])]);
          const stillInLibrary = libraryPaths().filter((path) => links.includes(path));
          deeds.push({ hash: torrent.hash, deleteFiles, stillInLibrary });
          if (!deleteFiles) orphans.push(...torrent.files.map(({ path }) => path));
          held.splice(held.indexOf(torrent), 1);
        }
        return ok(undefined);
      }),
  };

  const lookAt: LookAt = async (path) => {
    const files = held.flatMap((torrent) => torrent.files);
    const own = files.find((file) => file.path === path);
    const isThere = libraryPaths().includes(path) || own?.linkOf !== undefined || orphans.includes(path);
    if (!isThere) return known(null);
    const inode = own?.linkOf ?? path;
    const names = new Set([
      ...libraryPaths().filter((one) => one === inode),
      ...files.filter((file) => (file.linkOf ?? file.path) === inode).map((file) => file.path),
    ]);
    const { sizeBytes } = own ?? libraryFiles().find((file) => file.path === path) ?? { sizeBytes: 0 };
    return known({ device: 'disk', inode, sizeBytes, changedAtMs: 0, names: names.size });
  };

  const ownPaths: OwnPaths = {
    ofConnection: async (_id, paths) => paths,
    rootFolders: async () => ['/films', '/series'],
  };

  return {
    client,
    lookAt,
    ownPaths,
    deeds,
    managers: {
      torrentClients: async () => [{ connectionId: fakeClientId, name: 'qBittorrent', client }],
    },
  };
}
