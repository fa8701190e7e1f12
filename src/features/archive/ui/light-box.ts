import { safeFileName } from '../core/file-name.ts';
import type { ShownMedia } from '../core/reading/shown.ts';
import { fileHref, thumbnailHref } from './address.ts';
import { mediaKindWords } from './words.ts';

/** A picture as it stands over the page. */
export type Slide = {
  id: string;
  href: string;
  /** What it is called when it is kept. */
  fileName: string;
  width: number | null;
  height: number | null;
  caption: string | null;
  /** Says which it is where there is no caption; else its number does. */
  label?: string;
  /** Stands there until the picture has come. */
  backdrop: string | null;
  /** It may be seen through, and stands on white where it comes from. */
  isOnPaper?: boolean;
};

/** Nothing without its file. */
export function slideOf({ id, sha256, look, width, height, caption, fileName, kind }: ShownMedia): Slide[] {
  if (!sha256) return [];
  const widest = look?.thumbnailWidths.at(-1);
  return [
    {
      id,
      href: fileHref(sha256),
      fileName: safeFileName(fileName, mediaKindWords[kind]()),
      width: look?.width ?? width,
      height: look?.height ?? height,
      caption,
      backdrop: widest === undefined ? null : thumbnailHref(sha256, widest),
    },
  ];
}
