import type { ConnectionId } from '#core/ids.ts';
import type { TorrentWish } from '../policy/policy.ts';
import { hasGivenEnough } from './torrent-rule.ts';
import { isSameFile, type FileMark, type FileOfTorrent, type SeenFile, type SeenTorrent } from './torrent.ts';

/**
 * What went, as it was written down before it went: afterwards the files cannot be looked at any more. `marks` only of
 * files that had another name, because the number of a file whose last name goes is soon another file's.
 */
export type Trace = {
  marks: readonly FileMark[];
  /** T-12: the torrents that the history of Radarr and Sonarr says the files came from, in lower case. */
  downloads: readonly string[];
};

export const noTrace: Trace = { marks: [], downloads: [] };

/** All that is proven to be gone: this removal and the others of its run. Paths are ours. */
export type Departed = Trace & { files: readonly { path: string; sizeBytes: number }[] };

export type TorrentToRemove = { connectionId: ConnectionId; hash: string; deleteFiles: boolean };

/** Why a torrent that held something of what went is left in its client. */
export type TorrentStays =
  | 'not-finished'
  | 'seeds-on'
  | 'holds-other-files'
  | 'held-elsewhere'
  | 'files-not-seen'
  | 'shared-with-another-torrent';

export type TorrentsDecision = {
  remove: readonly TorrentToRemove[];
  stay: readonly { name: string; why: TorrentStays }[];
};

/**
 * Which torrents go after the files they held: finished, having given enough, and without a single file that stays. A
 * season pack with one kept episode stays; torrents that share a path go together or not at all, and only the last one
 * takes the files with it (T-62).
 */
export function torrentsToRemove(input: {
  /** All that may hold a file, of every client: one that is missing here could lose its files to a twin. */
  torrents: readonly SeenTorrent[];
  departed: Departed;
  rule: TorrentWish;
}): TorrentsDecision {
  const { torrents, departed, rule } = input;
  if (!rule.remove) return { remove: [], stay: [] };
  const known = { departed, names: namesOf(torrents) };
  const fates = new Map(torrents.map((torrent) => [torrent, fatesOf(torrent, known)]));
  const why = (torrent: SeenTorrent) => whyItStays(torrent, fates.get(torrent) ?? [], rule);
  const remove: TorrentToRemove[] = [];
  const stay: { name: string; why: TorrentStays }[] = [];
  for (const twins of sharingPaths(torrents)) {
    const ours = twins.filter((torrent) => concerns(fates.get(torrent) ?? []));
    if (ours.length === 0) continue;
    if (twins.every((torrent) => why(torrent) === null)) remove.push(...lastWithFiles(twins));
    else
      for (const one of ours) stay.push({ name: one.name, why: why(one) ?? 'shared-with-another-torrent' });
  }
  return { remove, stay };
}

const concerns = (fates: readonly Fate[]): boolean => fates.includes('departed') || fates.includes('held');

const lastWithFiles = (twins: readonly SeenTorrent[]): TorrentToRemove[] =>
  twins.map(({ connectionId, hash }, index) => ({
    connectionId,
    hash,
    deleteFiles: index === twins.length - 1,
  }));

function whyItStays(torrent: SeenTorrent, fates: readonly Fate[], rule: TorrentWish): TorrentStays | null {
  if (!torrent.finished) return 'not-finished';
  if (fates.includes('stays')) return 'holds-other-files';
  if (fates.includes('held')) return 'held-elsewhere';
  if (fates.includes('unseen')) return 'files-not-seen';
  if (!fates.includes('departed')) return 'holds-other-files';
  return hasGivenEnough(rule, torrent) ? null : 'seeds-on';
}

/** `held`: the same file as one that went, and something that is no torrent still has it. */
type Fate = 'departed' | 'held' | 'sidecar' | 'stays' | 'unseen';

/** T-63: what comes with a film and is none. Anything that is not named here counts as a file that stays. */
const SIDECAR = /[.](nfo|txt|sfv|md5|jpe?g|png|url|srt|sub|idx|ass)$/i;

type Known = { departed: Departed; names: ReadonlyMap<string, number> };

/** How many names of each file are those of torrents, outside the library. */
function namesOf(torrents: readonly SeenTorrent[]): Map<string, number> {
  const paths = new Map<string, Set<string>>();
  for (const file of torrents.flatMap((torrent) => torrent.files)) {
    const seen = seenOf(file);
    if (seen === null || file.inLibrary) continue;
    paths.set(keyOf(seen), (paths.get(keyOf(seen)) ?? new Set()).add(file.path));
  }
  return new Map([...paths].map(([key, all]) => [key, all.size]));
}

function fatesOf(torrent: SeenTorrent, known: Known): Fate[] {
  const { departed } = known;
  const isSource = departed.downloads.includes(torrent.hash);
  const sizes = isSource ? departed.files.map((file) => file.sizeBytes) : [];
  return torrent.files.map((file): Fate => {
    const fate = fateOf(file, known);
    if (fate !== 'unknown') return fate;
    // Each file that went accounts for one file of the torrent that it came from, never for two.
    const index = sizes.indexOf(file.sizeBytes);
    if (index >= 0 && isAlone(file)) {
      sizes.splice(index, 1);
      return 'departed';
    }
    return isSeen(file) ? 'stays' : 'unseen';
  });
}

function fateOf(file: FileOfTorrent, { departed, names }: Known): Fate | 'unknown' {
  const seen = seenOf(file);
  // It seeded the very file of the library, which is proven to be gone. When something is there again, it is not ours.
  if (departed.files.some((gone) => gone.path === file.path)) return seen === null ? 'departed' : 'stays';
  if (file.inLibrary) return seen === null ? 'unseen' : 'stays';
  if (seen !== null && departed.marks.some((mark) => isSameFile(mark, seen))) {
    // A name that is no torrent's is another title's, or a copy that somebody keeps: then its bytes stay.
    return seen.names > (names.get(keyOf(seen)) ?? 0) ? 'held' : 'departed';
  }
  return SIDECAR.test(file.path) ? 'sidecar' : 'unknown';
}

const seenOf = ({ sight }: FileOfTorrent): SeenFile | null => (sight.known ? sight.value : null);
const keyOf = ({ device, inode }: SeenFile): string => `${device}:${inode}`;
const isSeen = (file: FileOfTorrent): boolean => seenOf(file) !== null;
/** Nothing of the library hangs on it, as far as anybody can see. */
const isAlone = (file: FileOfTorrent): boolean => (seenOf(file)?.names ?? 1) === 1;

/** Groups of torrents of which each shares a path with another one of its group. Alone is a group too. */
function sharingPaths(torrents: readonly SeenTorrent[]): SeenTorrent[][] {
  const groups = new Map<SeenTorrent, SeenTorrent[]>(torrents.map((torrent) => [torrent, [torrent]]));
  const first = new Map<string, SeenTorrent>();
  for (const torrent of torrents) {
    for (const { path } of torrent.files) {
      const other = first.get(path);
      if (other === undefined) first.set(path, torrent);
      else join(groups, other, torrent);
    }
  }
  return [...new Set(groups.values())];
}

function join(groups: Map<SeenTorrent, SeenTorrent[]>, one: SeenTorrent, other: SeenTorrent): void {
  const [a, b] = [groups.get(one), groups.get(other)];
  if (a === undefined || b === undefined || a === b) return;
  a.push(...b);
  for (const torrent of b) groups.set(torrent, a);
}
