import type { Sha256 } from '#core/ids.ts';
import { m } from '#i18n/messages.js';
import type { DocumentPicture } from '../core/media.ts';
import { documentPictureHref } from './address.ts';
import type { Slide } from './light-box.ts';

/** The pictures of a document for the light box, each called by its page. */
export function documentSlides(
  sha256: Sha256,
  name: string,
  pictures: readonly DocumentPicture[],
): readonly Slide[] {
  const stem = name.replace(/[.]pdf$/i, '');
  return pictures.map((picture, index) => ({
    id: picture.id,
    href: documentPictureHref(sha256, picture),
    fileName: `${stem} - ${picture.page}.${picture.format}`,
    width: picture.width,
    height: picture.height,
    caption: null,
    label: m.archive_document_picture({ number: index + 1, count: pictures.length, page: picture.page }),
    backdrop: null,
    isOnPaper: true,
  }));
}
