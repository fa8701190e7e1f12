import type { MediaKind } from '#features/archive/core/media.ts';

/** What is made out of a media file. Everything here can be thrown away and made again. */
export type DerivativeKind =
  /** Length, width and height of sound and films. */
  | 'probe'
  /** Pictures of 150, 300 and 600 pixels and a placeholder: of a film also its poster, which they are made from; of a PDF its first page. */
  | 'thumbnails'
  /** How loud sound is from its beginning to its end. */
  | 'waveform'
  /** The text of each page of a PDF. */
  | 'pdf'
  /** What could be recognised on pages without text; long, so it is a job of its own and no part of `wantedFor`. */
  | 'ocr'
  /** Pictures that stand in a PDF, by themselves; a job of its own too. */
  | 'document-pictures'
  /** What captions say and when. */
  | 'captions'
  /** What a model heard in sound or a film; wanted only while there is a model, so it is no part of `wantedFor`. */
  | 'speech';

/** What is made is text. */
export const isOfWords = (kind: DerivativeKind): boolean =>
  kind === 'pdf' || kind === 'ocr' || kind === 'captions' || kind === 'speech';

/** Raise a number and the sweep makes all of that kind again. */
export const VERSIONS: Readonly<Record<DerivativeKind, number>> = {
  probe: 1,
  thumbnails: 1,
  waveform: 1,
  pdf: 1,
  ocr: 1,
  'document-pictures': 1,
  captions: 1,
  speech: 1,
};

/** Twice the widths that pages have for them, so the sharp screens of phones get what they show. */
export const THUMBNAIL_WIDTHS = [150, 300, 600] as const;
export type ThumbnailWidth = (typeof THUMBNAIL_WIDTHS)[number];

export type DerivativeFailure =
  /** Not a picture, film or sound that our tools read. */
  | { code: 'derivative.not-readable'; reason: string }
  /** More than 50 megapixels: it would take more memory than a small server has. */
  | { code: 'derivative.too-many-pixels' }
  /** Unpacked it is more than a small server has memory for. */
  | { code: 'derivative.too-large' }
  /** It opens with a password only. */
  | { code: 'derivative.locked' }
  | { code: 'derivative.too-slow'; afterMs: number }
  /** The model does not take this sound. */
  | { code: 'derivative.rejected'; reason: string };

export type DerivativeState =
  | { is: 'made' }
  | { is: 'failed'; why: DerivativeFailure }
  /** Made as soon as the program is there. */
  | { is: 'waiting'; program: string };

export type Derivative = { kind: DerivativeKind; version: number; state: DerivativeState };

/** What is made out of a file by programs of this machine. */
export type MadeKind = Exclude<DerivativeKind, 'speech' | 'ocr' | 'document-pictures'>;

const wantedOfFile: ReadonlyMap<string, readonly MadeKind[]> = new Map([
  ['application/pdf', ['pdf', 'thumbnails']],
  ['text/vtt', ['captions']],
  ['application/x-subrip', ['captions']],
]);

type Sort = { kind: MediaKind; mimeType: string };

/** What a media file should have; archives and documents of other programs have nothing. */
export function wantedFor({ kind, mimeType }: Sort): readonly MadeKind[] {
  switch (kind) {
    case 'image':
      return ['thumbnails'];
    case 'video':
      return ['probe', 'thumbnails'];
    case 'audio':
      return ['probe', 'waveform'];
    case 'file':
      return wantedOfFile.get(mimeType) ?? [];
  }
}

/** A failure of this version would only fail again; what waits for a program is tried again. */
export const isSettled = (wanted: DerivativeKind, existing: readonly Derivative[]): boolean =>
  existing.some(
    ({ kind: made, version, state }) =>
      made === wanted && version === VERSIONS[wanted] && state.is !== 'waiting',
  );

export const stillToMake = (file: Sort, existing: readonly Derivative[]): readonly MadeKind[] =>
  wantedFor(file).filter((wanted) => !isSettled(wanted, existing));
