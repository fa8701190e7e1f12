import type { Sha256 } from '#core/ids.ts';
import type { MediaKind } from '#features/archive/core/media.ts';
import type { Derivative, DerivativeKind } from '../core/derivative.ts';
import type { LookFacts } from '../core/look.ts';
import type { MediaText } from '../core/text.ts';

export type StoredMedia = { sha256: Sha256; kind: MediaKind; mimeType: string };

/** Where the bytes of a media file are. "The disk is not there" is not "the file is gone". */
export type Located = { is: 'here'; path: string } | { is: 'gone' } | { is: 'store-missing' };

/** The media files of the archive, plugged in by main. */
export type MediaFiles = {
  find(sha: Sha256): Promise<StoredMedia | null>;
  /** All of them, by sha, the next `limit` after one. */
  after(sha: Sha256 | null, limit: number): Promise<readonly StoredMedia[]>;
  locate(sha: Sha256): Promise<Located>;
  /** Of captions, as the first post says that has them. */
  languageOf(sha: Sha256): Promise<string | null>;
};

export type DerivativeRow = Derivative & { sha256: Sha256; facts: LookFacts };

export type DerivativeStore = {
  of(shas: readonly Sha256[]): Promise<readonly DerivativeRow[]>;
  /** The words of it, if it has any, take the place of those from before. */
  save(row: DerivativeRow, words: MediaText | null, at: Date): Promise<void>;
  texts(sha: Sha256): Promise<readonly MediaText[]>;
  forget(sha: Sha256, kinds?: readonly DerivativeKind[]): Promise<void>;
  /** Shas that have rows, by sha, the next `limit` after one. */
  after(sha: Sha256 | null, limit: number): Promise<readonly Sha256[]>;
  counts(): Promise<Readonly<Record<Derivative['state']['is'], number>>>;
};
