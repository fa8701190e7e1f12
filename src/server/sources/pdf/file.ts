import { z } from 'zod';

/** Why there is nothing to be had under a name, as far as a look can tell. */
const trouble = z.enum(['unreadable', 'outside', 'no-file']).nullable();

/** What is kept of a PDF for ever, as the answer of its source. */
export const pdfFile = z.object({
  /** Below the folder. */
  path: z.string(),
  /** The same in base64 where it is no UTF-8. */
  bytes: z.string().nullable(),
  sizeBytes: z.number(),
  modifiedAt: z.iso.datetime(),
  /** When it was changed last before it was first seen; a touch or a new version does not move it. */
  since: z.iso.datetime(),
  /** Null where its bytes cannot or need not be read. */
  sha256: z.string().nullable(),
  trouble,
  /** As the document says it. */
  title: z.string().nullable(),
});

export type PdfFile = z.infer<typeof pdfFile>;

export function fileOf(raw: unknown): PdfFile | null {
  const read = pdfFile.safeParse(raw);
  return read.success ? read.data : null;
}

/** Its bytes have a name of their own; another version of them is another media file. */
export const mediaIdOf = ({ sha256, sizeBytes, modifiedAt }: PdfFile): string =>
  sha256 ?? `unread-${sizeBytes}-${modifiedAt}`;
