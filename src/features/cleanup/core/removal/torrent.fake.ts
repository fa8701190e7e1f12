import { known, unknown } from '#core/fact.ts';
import type { ConnectionId } from '#core/ids.ts';
import type { FileOfTorrent, SeenTorrent, Sight } from './torrent.ts';

export const qbittorrent = 'qbit0001' as ConnectionId;

/** A file that this program sees: its content's number and how many names it has. */
export const seen = (inode: number | string, { names = 1, sizeBytes = 100 } = {}): Sight =>
  known({ device: 'disk', inode: String(inode), names, sizeBytes, changedAtMs: 1 });

export const notThere: Sight = known(null);
export const notVisible: Sight = unknown('not-mounted-here');

export const aTorrentFile = (changes: Partial<FileOfTorrent> = {}): FileOfTorrent => ({
  path: '/downloads/Alma.mkv',
  sizeBytes: 100,
  sight: seen(1),
  inLibrary: false,
  ...changes,
});

export const aTorrent = (changes: Partial<SeenTorrent> = {}): SeenTorrent => ({
  connectionId: qbittorrent,
  hash: 'a'.repeat(40),
  name: 'Alma',
  savePath: '/downloads',
  sizeBytes: 100,
  ratio: 2,
  seedingSeconds: 30 * 86_400,
  finished: true,
  state: 'stalledUP',
  category: 'radarr',
  files: [aTorrentFile()],
  ...changes,
});
