/** Why the media folder cannot be used. As long as it lasts, nothing in it counts as missing. */
export type StoreMissing =
  /** There is no such folder. */
  | 'no-folder'
  /** The folder is there and our mark is not: a disk that is not mounted, or another folder. */
  | 'no-mark'
  /** The mark of another installation. */
  | 'another-store'
  | 'not-readable'
  | 'not-writable';

export type StoreProblem =
  | { code: 'store.missing'; path: string; why: StoreMissing }
  | { code: 'store.full'; path: string; freeBytes: number };

export type StoreState =
  | { is: 'ready'; path: string; freeBytes: number; totalBytes: number }
  | { is: 'missing'; path: string; why: StoreMissing };

export type MediaSettings = {
  /** Below this much free space nothing is downloaded: the database may be on the same disk. */
  reserveBytes: number;
  /** So many days a file stays that no post uses any more. */
  orphanDays: number;
  /** How fast files are read to prove that they are whole. */
  verifyBytesPerSecond: number;
};

/** So often every file is hashed anew. */
export const PROOF_DAYS = 30;

const GIGABYTE = 1_000_000_000;

export const usualMediaSettings: MediaSettings = {
  reserveBytes: 2 * GIGABYTE,
  orphanDays: 30,
  // 20 minutes of each hour at 20 MB/s are 17 TB in a month, and a disk of today reads ten times as fast.
  verifyBytesPerSecond: 20_000_000,
};

export type StoreStanding = {
  /** `low`: it is there, and downloads wait for room. */
  state: 'ready' | 'low' | 'missing';
  why: StoreMissing | null;
  path: string;
  freeBytes: number | null;
  totalBytes: number | null;
};

export function storeStanding(store: StoreState, reserveBytes: number): StoreStanding {
  const { path } = store;
  if (store.is === 'missing')
    return { state: 'missing', why: store.why, path, freeBytes: null, totalBytes: null };
  const { freeBytes, totalBytes } = store;
  return { state: freeBytes < reserveBytes ? 'low' : 'ready', why: null, path, freeBytes, totalBytes };
}
