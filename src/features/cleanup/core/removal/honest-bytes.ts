import type { FileOfTorrent, SeenFile, SeenTorrent, Sight } from './torrent.ts';

/** A file that would go, as the library knows it and as this program sees it. `path` is ours. */
export type DoomedFile = { path: string; sizeBytes: number; sight: Sight };

/**
 * C-13: what removing files does to the disk. The four amounts add up to the size of everything that goes, with the bytes
 * that several names share counted once.
 */
export type HonestBytes = {
  freesNow: number;
  /** Freed when the torrents that hold them go too. */
  freesWithTorrents: number;
  /** How many those are. */
  torrents: number;
  /** Held by names that neither go nor belong to a torrent we know of: frees nothing either way. */
  heldElsewhere: number;
  /** What this program cannot see, so that nobody knows: the size is the library's word. */
  unseen: { files: number; bytes: number };
};

export const noBytes: HonestBytes = {
  freesNow: 0,
  freesWithTorrents: 0,
  torrents: 0,
  heldElsewhere: 0,
  unseen: { files: 0, bytes: 0 },
};

/** The names of one file: those that go, and how many there are in all. */
type Content = { seen: SeenFile; going: ReadonlySet<string> };

/** T-62: a name that goes frees nothing as long as another one holds the same bytes. */
export function honestBytes(files: readonly DoomedFile[], torrents: readonly SeenTorrent[]): HonestBytes {
  const { contents, unseen } = byContent(files);
  const holders = holdersOf(torrents);
  const named = new Set<SeenTorrent>();
  const sum = { freesNow: 0, freesWithTorrents: 0, heldElsewhere: 0 };
  for (const [key, { seen, going }] of contents) {
    const held = (holders.get(key) ?? []).filter(({ file }) => !going.has(file.path));
    const inTorrents = new Set(held.map(({ file }) => file.path));
    const left = seen.names - going.size;
    if (left <= 0) sum.freesNow += seen.sizeBytes;
    else if (left > inTorrents.size) sum.heldElsewhere += seen.sizeBytes;
    else {
      sum.freesWithTorrents += seen.sizeBytes;
      for (const { torrent } of held) named.add(torrent);
    }
  }
  return { ...sum, torrents: named.size, unseen };
}

/** A path that comes twice is one name; a file that is not where it should be was not seen (T-60: an empty mount). */
function byContent(files: readonly DoomedFile[]) {
  const contents = new Map<string, { seen: SeenFile; going: Set<string> }>();
  const unseen = { files: 0, bytes: 0 };
  const paths = new Set<string>();
  for (const { path, sizeBytes, sight } of files) {
    if (paths.has(path)) continue;
    paths.add(path);
    const seen = sight.known ? sight.value : null;
    if (seen === null) {
      unseen.files += 1;
      unseen.bytes += sizeBytes;
      continue;
    }
    const content = contents.get(keyOf(seen)) ?? { seen, going: new Set<string>() };
    content.going.add(path);
    contents.set(keyOf(seen), content);
  }
  return { contents: contents as ReadonlyMap<string, Content>, unseen };
}

function holdersOf(torrents: readonly SeenTorrent[]) {
  const holders = new Map<string, { torrent: SeenTorrent; file: FileOfTorrent }[]>();
  for (const torrent of torrents) {
    for (const file of torrent.files) {
      const seen = file.sight.known ? file.sight.value : null;
      if (seen === null) continue;
      const all = holders.get(keyOf(seen)) ?? [];
      all.push({ torrent, file });
      holders.set(keyOf(seen), all);
    }
  }
  return holders;
}

const keyOf = ({ device, inode }: SeenFile): string => `${device}:${inode}`;

/** Whether a torrent has to be asked for at all: only then some name of a file stays behind. */
export const isHeldByOthers = (files: readonly DoomedFile[]): boolean =>
  [...byContent(files).contents.values()].some(({ seen, going }) => seen.names > going.size);
