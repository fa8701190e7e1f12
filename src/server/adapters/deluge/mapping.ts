import type { Torrent, TorrentFile } from '#features/cleanup/core/removal/torrent.ts';
import type { DelugeTorrent } from './schemas.ts';

const BUSY = ['Checking', 'Moving', 'Allocating'];

export const toTorrent = (hash: string, row: DelugeTorrent): Torrent => ({
  hash: hash.toLowerCase(),
  name: row.name,
  savePath: row.save_path,
  sizeBytes: row.total_size,
  ratio: row.ratio < 0 ? null : row.ratio,
  seedingSeconds: row.seeding_time ?? 0,
  finished: row.is_finished && row.progress >= 100 && !BUSY.includes(row.state),
  state: row.state,
  category: row.label || null,
});

export const toFile = (folder: string, { path, size }: { path: string; size: number }): TorrentFile => ({
  path: `${folder.replace(/[\\/]+$/, '')}/${path}`,
  sizeBytes: size,
});
