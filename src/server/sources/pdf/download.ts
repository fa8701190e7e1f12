import { basename } from 'node:path';
import { err, ok, type Result } from '#core/result.ts';
import type { DownloadProblem } from '#features/archive/core/media.ts';
import type { Download, DownloadWish, RawPost } from '#features/archive/server/ports.ts';
import { openPdf } from './digest.ts';
import { fileOf, mediaIdOf, type PdfFile } from './file.ts';
import { momentOf } from './walk.ts';

/** The bytes of a PDF, as its post tells of it. */
export async function download(
  { root, mostBytes }: { root: string; mostBytes: number | null },
  told: RawPost,
  wish: DownloadWish,
): Promise<Result<Download, DownloadProblem>> {
  const file = fileOf(told.raw);
  if (!file || mediaIdOf(file) !== wish.media.externalId) return err({ code: 'source.not-found' });
  if (mostBytes !== null && file.sizeBytes > mostBytes)
    return err({ code: 'download.too-large', limitBytes: mostBytes });
  return file.trouble === null
    ? openPart(root, file, wish)
    : err({ code: 'download.file-refused', why: file.trouble });
}

async function openPart(
  root: string,
  file: PdfFile,
  { fromByte, validator: given }: DownloadWish,
): Promise<Result<Download, DownloadProblem>> {
  const opened = await openPdf(root, file);
  if ('refused' in opened) return err({ code: 'download.file-refused', why: opened.refused });
  const { handle, found } = opened;
  if (found.size !== file.sizeBytes || momentOf(found.mtime) !== file.modifiedAt) {
    await handle.close();
    return err({ code: 'download.file-changing' });
  }
  const validator = mediaIdOf(file);
  const start = given === validator && fromByte < found.size ? fromByte : 0;
  return ok({
    body: handle.createReadStream({ start }),
    fromByte: start,
    sizeBytes: found.size,
    mimeType: 'application/pdf',
    fileName: basename(file.path),
    validator,
  });
}
