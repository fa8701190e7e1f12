import type { Segment, Transcript } from '#features/archive/core/media.ts';

/** The words that are in a media file. `page` counts from 1; a page that is only a picture has no text. */
export type MediaText =
  | { kind: 'pdf'; pages: readonly { page: number; text: string }[] }
  | RecognisedText
  | (Transcript & { kind: 'captions' })
  | SpokenText;

/** 0 to 1: how sure the reader is of the words of a page, on average; null where it read none. */
export type RecognisedPage = { page: number; text: string; confidence: number | null };

/** What was read off the picture of pages, in their order. */
export type RecognisedText = { kind: 'ocr'; pages: readonly RecognisedPage[] };

/** What is said, and how sure the model was of it: 0 to 1, null when it does not tell. */
export type SpokenSegment = Segment & { confidence: number | null };

/** What a model heard. */
export type SpokenText = {
  kind: 'speech';
  model: string;
  language: string | null;
  segments: readonly SpokenSegment[];
};

/** What is said, whoever wrote it down. */
export type SaidText = Exclude<MediaText, { kind: 'pdf' | 'ocr' }>;

const LINE_END = 10;

/**
 * Without what no database keeps and nobody reads: control characters, halves of characters. Of white space only ends of
 * lines and single spaces are left.
 */
export function cleanText(text: string): string {
  const whole = Array.from(text.toWellFormed(), (letter) => (isControl(letter) ? ' ' : letter)).join('');
  return whole
    .replaceAll(/[^\S\n]+/g, ' ')
    .replaceAll(/ ?\n ?/g, '\n')
    .trim();
}

function isControl(letter: string): boolean {
  const code = letter.codePointAt(0) ?? 0;
  return code !== LINE_END && (code < 32 || (code >= 127 && code < 160) || code === 0xfe_ff);
}

/** The text of a page as it is searched: a word that was broken at the end of a line is one again. */
export const pageText = (drawn: string): string =>
  cleanText(drawn).replaceAll(/(\p{Ll})-\n(?=\p{Ll})/gu, '$1');
