import { createHash } from 'node:crypto';
import type { Household } from '../../seed/household.ts';
import type { World } from '../world.ts';

/** A torrent as its client keeps it; the files are below the save path. */
export type TorrentRow = {
  hash: string;
  name: string;
  savePath: string;
  files: { name: string; sizeBytes: number }[];
  ratio: number;
  seedingSeconds: number;
  /** 0 to 1. */
  progress: number;
  /** What it does: seeds, is checked, or waits for more. */
  doing: 'seeding' | 'checking' | 'downloading';
  category: string;
};

export const aTorrentRow = (row: Partial<TorrentRow> & Pick<TorrentRow, 'hash' | 'files'>): TorrentRow => ({
  name: row.files[0]?.name.split('/')[0] ?? row.hash,
  savePath: '/media/disk1/downloads/complete',
  ratio: 1.5,
  seedingSeconds: 20 * 86_400,
  progress: 1,
  doing: 'seeding',
  category: 'radarr',
  ...row,
});

export const sizeOf = (row: TorrentRow): number => row.files.reduce((sum, file) => sum + file.sizeBytes, 0);

/** Every download of the household that still lies beside its import, under the hash by which it was grabbed (T-12). */
export function torrentsOf({ extraFiles, radarrs, sonarr }: Household): TorrentRow[] {
  const history = [...radarrs.flatMap((radarr) => radarr.history), ...sonarr.history];
  const hashes = new Map(history.map((row) => [row.data['importedPath'] ?? '', row.downloadId]));
  return extraFiles.flatMap(({ path, sizeBytes, linkTo }, index) => {
    if (linkTo === undefined) return [];
    const slash = path.lastIndexOf('/');
    return [
      aTorrentRow({
        hash: (hashes.get(linkTo) ?? createHash('sha1').update(path).digest('hex')).toLowerCase(),
        savePath: path.slice(0, slash),
        files: [{ name: path.slice(slash + 1), sizeBytes }],
        ratio: (index % 5) * 0.6,
        seedingSeconds: (index % 40) * 86_400,
        category: linkTo.includes('/films') ? 'radarr' : 'sonarr',
      }),
    ];
  });
}

/** What the three clients share: a list, and files on the disks of the world. */
export function createTorrents(world: World, rows: readonly TorrentRow[]) {
  const torrents = new Map(rows.map((row) => [row.hash, structuredClone(row)]));

  function remove(hash: string, deleteFiles: boolean): boolean {
    const row = torrents.get(hash);
    if (row === undefined) return false;
    torrents.delete(hash);
    if (deleteFiles) for (const file of row.files) world.storage.remove(`${row.savePath}/${file.name}`);
    world.changed();
    return true;
  }

  return {
    all: () => [...torrents.values()],
    find: (hash: string) => torrents.get(hash.toLowerCase()),
    remove,
  };
}

export type Torrents = ReturnType<typeof createTorrents>;

export type TorrentOptions = {
  port?: number;
  host?: string;
  user?: string;
  password?: string;
  version?: string;
  /** What it holds; every download of the household when left out. */
  torrents?: readonly TorrentRow[];
};
