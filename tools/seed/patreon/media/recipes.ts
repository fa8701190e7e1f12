import type { Language } from '../material.ts';

export const motifs = ['wood', 'map', 'sky', 'bench', 'ink'] as const;
export type Motif = (typeof motifs)[number];

export type Picture = {
  kind: 'picture';
  motif: Motif;
  seed: number;
  width: number;
  height: number;
  format: 'jpeg' | 'png' | 'webp' | 'gif';
  /** A GIF that moves, a photo that only its EXIF turns upright, colours beyond sRGB. */
  quirk?: 'animated' | 'rotated' | 'wide-gamut';
};
export type Speech = {
  kind: 'speech';
  language: Language;
  /** The transcript, word for word. */
  sentences: readonly string[];
  format: 'mp3' | 'm4a';
};
export type Film = {
  kind: 'film';
  language: Language;
  sentences: readonly string[];
  motif: Motif;
  seed: number;
};
export type Pdf = {
  kind: 'pdf';
  title: string;
  paragraphs: readonly string[];
  /** One below the text of each page, from the first; jpeg and png. */
  pictures: readonly Picture[];
  /** So many pages at the end are pictures of text, as from a scanner. */
  scannedPages: number;
};

/**
 * What a file is made from. The same recipe is the same file, byte for byte, however many posts have it;
 * nothing is made before somebody asks for it.
 */
export type Recipe =
  | Picture
  | Speech
  | Film
  | Pdf
  | { kind: 'plain'; body: string }
  | { kind: 'zip'; entries: readonly { name: string; body: string }[] }
  /** A picture of a hundred bytes, for worlds with tens of thousands of them. */
  | { kind: 'tiny'; number: number }
  /** Small to send, enormous once opened. */
  | { kind: 'bomb'; of: 'picture' | 'zip' };

const extensions = { jpeg: 'jpg', png: 'png', webp: 'webp', gif: 'gif' } as const;

export function mimetypeOf(recipe: Recipe): string {
  switch (recipe.kind) {
    case 'picture':
      return `image/${recipe.format}`;
    case 'speech':
      return recipe.format === 'mp3' ? 'audio/mpeg' : 'audio/mp4';
    case 'film':
      return 'application/x-mpegURL';
    case 'pdf':
      return 'application/pdf';
    case 'plain':
      return 'text/plain';
    case 'zip':
      return 'application/zip';
    case 'tiny':
      return 'image/png';
    case 'bomb':
      return recipe.of === 'picture' ? 'image/png' : 'application/zip';
  }
}

export function extensionOf(recipe: Recipe): string {
  switch (recipe.kind) {
    case 'picture':
      return extensions[recipe.format];
    case 'speech':
      return recipe.format;
    case 'film':
      return 'm3u8';
    case 'pdf':
      return 'pdf';
    case 'plain':
      return 'txt';
    case 'zip':
      return 'zip';
    case 'tiny':
      return 'png';
    case 'bomb':
      return recipe.of === 'picture' ? 'png' : 'zip';
  }
}

/** Whether ffmpeg and espeak-ng are needed to make it. */
export const needsSound = ({ kind }: Recipe): boolean => kind === 'speech' || kind === 'film';
