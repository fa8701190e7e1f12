import type { Torrent, TorrentFile } from '#features/cleanup/core/removal/torrent.ts';
import type { QbittorrentFile, QbittorrentTorrent } from './schemas.ts';

/** While it checks or moves, what it says of its files is not what lies on the disk. */
const BUSY = /^(checking|moving|allocating)/i;

export const toTorrent = (row: QbittorrentTorrent): Torrent => ({
  hash: row.hash.toLowerCase(),
  name: row.name,
  savePath: row.save_path,
  sizeBytes: row.size,
  // -1 stands for "nothing was downloaded", as with a torrent that was added to seed
  ratio: row.ratio < 0 ? null : row.ratio,
  seedingSeconds: row.seeding_time ?? 0,
  finished: row.progress >= 1 && row.amount_left === 0 && !BUSY.test(row.state),
  state: row.state,
  category: row.category || null,
});

export const toFile = (savePath: string, { name, size }: QbittorrentFile): TorrentFile => ({
  path: `${savePath.replace(/[\\/]+$/, '')}/${name}`,
  sizeBytes: size,
});
