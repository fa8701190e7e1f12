import type { Torrent, TorrentFile } from '#features/cleanup/core/removal/torrent.ts';
import type { TransmissionTorrent } from './schemas.ts';

/** By number, as the protocol counts them. */
const STATES = ['stopped', 'check-wait', 'checking', 'download-wait', 'downloading', 'seed-wait', 'seeding'];
const CHECKING = [1, 2];

export const toTorrent = (row: TransmissionTorrent): Torrent => ({
  hash: row.hashString.toLowerCase(),
  name: row.name,
  savePath: row.downloadDir,
  sizeBytes: row.totalSize,
  ratio: row.uploadRatio < 0 ? null : row.uploadRatio,
  seedingSeconds: row.secondsSeeding ?? 0,
  finished: row.percentDone >= 1 && row.leftUntilDone === 0 && !CHECKING.includes(row.status),
  state: STATES[row.status] ?? String(row.status),
  category: row.labels?.[0] ?? null,
});

export const toFile = (folder: string, { name, length }: { name: string; length: number }): TorrentFile => ({
  path: `${folder.replace(/[\\/]+$/, '')}/${name}`,
  sizeBytes: length,
});
