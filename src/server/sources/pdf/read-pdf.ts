import { posix } from 'node:path';
import { err, ok, type Result } from '#core/result.ts';
import type { SourceMedia } from '#features/archive/core/media.ts';
import type { SourcePost } from '#features/archive/core/post.ts';
import type { RawPost } from '#features/archive/server/ports.ts';
import { dateIn } from '../shared/fields.ts';
import { fileOf, mediaIdOf, type PdfFile } from './file.ts';

/** A date in front of a name, as people sort their files: `2026-03-22 Field notes.pdf`. */
const DATED = /^(\d{4}-\d{2}-\d{2})[ _.-]*(.*)$/;

export function readPdfFile({
  externalId,
  raw,
}: RawPost): Result<SourcePost, { code: 'source.unreadable-post'; reason: string }> {
  const file = fileOf(raw);
  if (!file) return err({ code: 'source.unreadable-post', reason: 'it is not what was kept of a PDF' });
  const media = mediaOf(file);
  const publishedAt = publishedAtOf(file);
  const modifiedAt = new Date(file.modifiedAt);
  return ok({
    externalId,
    kind: 'document',
    title: titleOf(file),
    url: null,
    publishedAt,
    editedAt: file.modifiedAt === file.since ? null : modifiedAt,
    locked: false,
    teaser: null,
    blocks: [{ type: 'file', media: media.externalId }],
    media: [media],
    tags: [],
    tiers: [],
    collections: [],
    commentCount: 0,
    likeCount: null,
    drift: [],
  });
}

export const publishedAtOf = ({ path, since }: Pick<PdfFile, 'path' | 'since'>): Date =>
  nameOf(path).day ?? new Date(since);

function nameOf(path: string): { day: Date | null; name: string } {
  const whole = posix.parse(path).name;
  const [, day, name = ''] = DATED.exec(whole) ?? [];
  const date = dateIn({ day }, 'day');
  return date && name !== '' ? { day: date, name } : { day: date, name: whole };
}

const titleOf = ({ title, path }: PdfFile): string | null => {
  const said = title === null ? '' : clean(title);
  const named = clean(nameOf(path).name.replaceAll('_', ' '));
  const chosen = isTitle(said) ? said : named;
  return chosen === '' ? null : chosen;
};

/** Programs write the name of their draft into it, or that it has none. */
const isTitle = (text: string): boolean =>
  /\p{L}.*\p{L}/u.test(text) &&
  !/^(untitled|sin t[ií]tulo|document|documento|slide \d+|presentation\d*|layout \d+)\b\W*\d*$/i.test(text) &&
  !/^microsoft (word|powerpoint|excel) - /i.test(text) &&
  !/\.(docx?|pptx?|xlsx?|indd|pdf|odt|tex|dvi|qxd|rtf|html?)$/i.test(text) &&
  !/^[a-z]:\\|^(https?|file):/i.test(text);

/** Without what turns the direction of a line, or moves what comes after it. */
const clean = (text: string): string =>
  text
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();

const mediaOf = (file: PdfFile): SourceMedia => ({
  externalId: mediaIdOf(file),
  kind: 'file',
  role: 'attachment',
  fileName: posix.basename(file.path),
  mimeType: 'application/pdf',
  sizeBytes: file.sizeBytes,
  width: null,
  height: null,
  durationMs: null,
  caption: null,
  of: null,
  language: null,
});
