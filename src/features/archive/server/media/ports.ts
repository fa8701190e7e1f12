import type { Readable } from 'node:stream';
import type { Fact } from '#core/fact.ts';
import type { Sha256 } from '#core/ids.ts';
import type { Result } from '#core/result.ts';
import type { MediaKind } from '../../core/media.ts';
import type { StoreProblem, StoreState } from '../../core/media-store.ts';

/** Bytes as they are, whatever somebody called them. */
export type StoredFile = { sha256: Sha256; sizeBytes: number; mimeType: string; kind: MediaKind };

/** Both ends included, as in HTTP. */
export type ByteRange = { first: number; last: number };

/**
 * Files by the SHA-256 of their bytes, the same bytes once. A file that can be seen is whole: it is written beside,
 * hashed, synced and then renamed. As long as the folder is not there with its mark, nothing is called missing.
 */
export type MediaStore = {
  state(): Promise<StoreState>;
  /**
   * Writes and hashes, and shows nothing yet: `place` does, when the row that names it is about to be written. A body
   * that breaks off rejects with its own error.
   */
  receive(body: Readable, wish: ReceiveWish): Promise<Result<Received, ReceiveProblem>>;
  /** For programs that read files by name. It says nothing of whether there is one. */
  pathOf(sha256: Sha256): string;
  /** Null when it is not there. The stream holds the file open until it ends or is destroyed. */
  open(sha256: Sha256, range?: ByteRange): Promise<{ body: Readable; sizeBytes: number } | null>;
  /** Its size, or null when the store is there and the file is not. */
  sizeOf(sha256: Sha256): Promise<Fact<number | null>>;
  /** Whether there was something to remove. */
  remove(sha256: Sha256): Promise<Result<boolean, StoreProblem>>;
  /** Every file that is there, and when it was put there. */
  list(): AsyncIterable<{ sha256: Sha256; sizeBytes: number; placedAt: Date }>;
};

export type ReceiveWish = {
  signal: AbortSignal;
  /** More is refused, and nothing is kept of it. */
  mostBytes?: number | null;
  /** How many are there by now, after each chunk. */
  onBytes?: (soFar: number) => void;
  /** Under this name they lie until they are placed. Whoever gives it again begins anew, or goes on: one killed midway leaves no second one. */
  part: PartWish;
};

/**
 * `fromByte` of them are kept of what lies there; whoever gives the same validator means the same bytes. Without one
 * nothing stays when they break off.
 */
export type PartWish = { key: string; fromByte: number; validator: string | null };

export type Received = StoredFile & {
  /** Shows it under its hash. With `replace` also when a file lies there already, whose bytes are not trusted. */
  place(options?: { replace?: boolean }): Promise<Result<void, StoreProblem>>;
  discard(): Promise<void>;
};

export type ReceiveProblem = StoreProblem | { code: 'store.too-large'; limitBytes: number };

/** What broken downloads left, to go on with. */
export type Parts = {
  /** 0 and null when there is nothing to go on with. */
  find(key: string): Promise<{ bytes: number; validator: string | null }>;
  forget(key: string): Promise<void>;
  /** With an empty folder for programs that write files of their own; it is gone afterwards, however it went. */
  withWorkFolder<T>(key: string, work: (folder: string) => Promise<T>): Promise<T>;
  /** Forgets what nobody touched since; gives how many. */
  clean(before: Date): Promise<number>;
};

/** Which folder is ours, kept in the database: an empty mount point looks like an empty store. */
export type StoreIdentity = {
  read(): Promise<string | null>;
  /** The first one stays: gives what is kept. */
  keep(id: string): Promise<string>;
};
