import type { Sha256 } from '#core/ids.ts';
import type { Result } from '#core/result.ts';
import type { DocumentPicture, MediaKind } from '#features/archive/core/media.ts';
import type { Derivative, DerivativeKind } from '../core/derivative.ts';
import type { LookFacts } from '../core/look.ts';
import type { Heard } from '../core/speech/join.ts';
import type { Span } from '../core/speech/cut.ts';
import type { MeaningModel } from '../core/meaning/model.ts';
import type { Space } from '../core/meaning/space.ts';
import type { ModelProblem } from '../core/model.ts';
import type { SpeechModel } from '../core/speech/model.ts';
import type { MediaText } from '../core/text.ts';

export type StoredMedia = { sha256: Sha256; kind: MediaKind; mimeType: string };

export const isPdf = ({ kind, mimeType }: StoredMedia): boolean =>
  kind === 'file' && mimeType === 'application/pdf';

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

/** Captions of one place: their file, or null while it is still to come. */
type CaptionsOfPlace = readonly { sha256: Sha256 | null }[];

/** What the archive knows of captions and of what they belong to, plugged in by main. */
export type CaptionedMedia = {
  /** For each place where a sound or film stands today. Captions that will never come are not among them. */
  captionsOf(sha: Sha256): Promise<readonly CaptionsOfPlace[]>;
  /** The sounds and films that captions belong to. */
  captionedBy(captions: Sha256): Promise<readonly Sha256[]>;
};

export type DerivativeRow = Derivative & { sha256: Sha256; facts: LookFacts };

export type DerivativeStore = {
  of(shas: readonly Sha256[]): Promise<readonly DerivativeRow[]>;
  /** The words of it, if it has any, take the place of those from before. */
  save(row: DerivativeRow, words: MediaText | null, at: Date): Promise<void>;
  texts(sha: Sha256): Promise<readonly MediaText[]>;
  forget(sha: Sha256, kinds?: readonly DerivativeKind[]): Promise<void>;
  /** It is to be made anew; what was made stays until then. */
  outdate(sha: Sha256, kind: DerivativeKind): Promise<void>;
  /** Failures of a kind, which may end otherwise now. */
  forgetFailed(kind: DerivativeKind): Promise<void>;
  /** Shas that have rows, by sha, the next `limit` after one. */
  after(sha: Sha256 | null, limit: number): Promise<readonly Sha256[]>;
  /** Not of what was made: that would be counted one by one at every health check. */
  counts(): Promise<{ failed: number; waiting: number }>;
};

export type DocumentPictureStore = {
  /** In the order of their pages; none while they are not taken out. */
  of(sha: Sha256): Promise<readonly DocumentPicture[]>;
  /** With their derivative, both or neither; they take the place of those from before. */
  save(row: DerivativeRow, pictures: readonly DocumentPicture[], at: Date): Promise<void>;
};

/** A stored model with its sealed key. */
export type StoredSpeechModel = SpeechModel & { sealedKey: string | null };

export type ModelStore = {
  read(): Promise<StoredSpeechModel>;
  save(model: StoredSpeechModel): Promise<void>;
};

/** What is set up, with its sealed key. `chosen` is the row of the model that was last turned on. */
export type StoredMeaningModel = MeaningModel & { sealedKey: string | null; chosen: string | null };

/** A model that vectors may be kept of: where it is, and what its vectors are known by. */
export type KnownEmbedder = Space & {
  id: string;
  queryPrefix: string;
  url: string;
  sealedKey: string | null;
};

export type MeaningStore = {
  read(): Promise<StoredMeaningModel>;
  save(model: StoredMeaningModel): Promise<void>;
  /** All that are kept, the one that was chosen last first. */
  embedders(): Promise<readonly KnownEmbedder[]>;
  find(id: string): Promise<KnownEmbedder | null>;
  /** Both or neither: what is set up, and the model that it is. */
  choose(model: StoredMeaningModel & { chosen: string }, known: KnownEmbedder, at: Date): Promise<void>;
  /** Forgets all but these, and never the one that is chosen. */
  keepOnly(ids: readonly string[]): Promise<void>;
};

/** What was heard of a file that is not heard to its end yet: each piece is paid for once. */
export type HeardPieces = {
  of(sha: Sha256, model: string): Promise<readonly { piece: Span; heard: Heard }[]>;
  keep(sha: Sha256, model: string, part: { piece: Span; heard: Heard }): Promise<void>;
  forget(sha: Sha256): Promise<void>;
  /** Of files that were heard to their end, by a process that died before it could forget them. */
  forgetSettled(): Promise<void>;
};

/** A model as its adapter sees it. The key never leaves the server room. */
export type ModelTarget = { url: string; model: string; key: string | null };

export type Sound = { bytes: Uint8Array; fileName: string; mimeType: string; durationMs: number };

export type Listener = {
  hear(target: ModelTarget, sound: Sound, signal?: AbortSignal): Promise<Result<Heard, ModelProblem>>;
  /** Names of what is there to choose from. */
  models(target: Omit<ModelTarget, 'model'>): Promise<Result<readonly string[], ModelProblem>>;
};

export type Embedder = {
  /**
   * One vector of length 1 for each text, in their order, all of one dimension; in as many requests as the server needs. Of a
   * text that is too long for the model its beginning counts. Rejects with the reason of the signal once that is aborted.
   */
  embed(
    target: ModelTarget,
    texts: readonly string[],
    signal?: AbortSignal,
  ): Promise<Result<readonly Float32Array[], ModelProblem>>;
  /** Names of what is there to choose from. */
  models(target: Omit<ModelTarget, 'model'>): Promise<Result<readonly string[], ModelProblem>>;
};

export type SecretBox = { seal(text: string): string; open(sealed: string): Result<string, unknown> };
