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
