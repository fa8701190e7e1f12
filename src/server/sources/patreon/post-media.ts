import type { MediaRole } from '#features/archive/core/media.ts';
import { countIn, fieldsIn, fieldsOf, flagIn, idIn, listIn, textIn, type Fields } from '../shared/fields.ts';
import { identifiersOf, isOfType, type Document, type Resource } from './document.ts';
import { captionsOf, fileIn, relatedMedia } from './media-list.ts';
import { mediaOf, nothingKnown, streamOr, type FoundMedia } from './media.ts';
import type { Reading } from './reading.ts';
import { streamCaptions } from './stream-words.ts';

/** Pictures in the order that their creator gave them, without those that stand in the text. */
export function galleryOf({ document, post, fields, drift, media }: Reading): FoundMedia[] {
  const order = listIn(fieldsIn(fields, 'post_metadata'), 'image_order').map(String);
  return relatedMedia(document, post, { name: 'images', role: 'gallery', order }, drift).filter(media.add);
}

/** Video and sound. A picture there is most often the first of the gallery once more. */
export function mainOf({ document, post, fields, drift, media }: Reading): FoundMedia[] {
  const known = (id: string) => {
    const resource = document.find({ type: 'media', id });
    return resource ? mediaOf(resource, 'main', drift) : null;
  };
  const file = fileIn(fields, { name: 'post_file', role: 'main' }, known);
  const found = [
    ...(file ? [file] : []),
    ...relatedMedia(document, post, { name: 'video', role: 'main' }, drift),
    ...relatedMedia(document, post, { name: 'audio', role: 'main' }, drift),
  ];
  return found.filter((one) => one.media.kind !== 'image' || !media.knows(urlOf(one))).filter(media.add);
}

const urlOf = ({ at }: FoundMedia): string | null => ('url' in at ? at.url : null);

export function attachmentsOf({ document, post, drift, media }: Reading): FoundMedia[] {
  const files = relatedMedia(document, post, { name: 'attachments_media', role: 'attachment' }, drift);
  return [...files, ...legacyAttachments(document.related(post, 'attachments'))].filter(media.add);
}

/** Before there were media, attachments had a name, an address and ids of their own. */
const legacyAttachments = (resources: readonly { id: string; attributes: Fields }[]): FoundMedia[] =>
  resources.map(({ id, attributes }) => ({
    media: {
      ...nothingKnown,
      externalId: `attachment-${id}`,
      kind: 'file',
      role: 'attachment',
      fileName: textIn(attributes, 'name'),
    },
    at: streamOr(textIn(attributes, 'url')),
  }));

const ROLES: Readonly<Record<string, MediaRole>> = {
  attachment: 'attachment',
  main: 'main',
  inline: 'inline',
  'text-editor': 'inline',
};

/** What came along and has no place yet: nothing that was paid for is left out. */
export function restOf({ document, post, drift, media }: Reading): FoundMedia[] {
  return document
    .related(post, 'media')
    .filter(({ id }) => !media.has(id))
    .map((resource) => {
      const owner = textIn(resource.attributes, 'owner_relationship') ?? '';
      return mediaOf(resource, ROLES[owner] ?? 'gallery', drift);
    })
    .filter((found) => !media.knows(urlOf(found)))
    .filter(media.add);
}

/** Ids of media that a post leads to and that did not come along. Of a locked one nobody gets to see them. */
export function leftOut(document: Document, post: Resource): readonly string[] {
  if (flagIn(post.attributes, 'current_user_can_view') === false) return [];
  return ['images', 'video', 'audio', 'attachments_media', 'media']
    .flatMap((name) => identifiersOf(post, name))
    .filter((one) => isOfType(one, 'media') && document.find(one) === null)
    .map(({ id }) => id);
}

/** Most covers are a picture of the gallery in another size. */
export function addCover({ fields, media }: Reading): void {
  const image = fieldsIn(fields, 'image');
  const url = textIn(image, 'large_url') ?? textIn(image, 'url');
  const id = idIn(image, 'media_id');
  if (url === null || media.knows(url) || (id !== null && media.has(id))) return;
  const size = { width: countIn(image, 'width'), height: countIn(image, 'height') };
  media.add({
    media: { ...nothingKnown, ...size, externalId: 'cover', kind: 'image', role: 'cover' },
    at: { via: 'address', url },
  });
}

export function addCaptions({ document, fields, media }: Reading, main: readonly FoundMedia[]): void {
  for (const film of main) {
    const { media: of } = film;
    const resource = document.find({ type: 'media', id: of.externalId });
    const captions =
      captionsOf(fieldsIn(fields, 'post_file'), of.externalId) ??
      captionsOf(fieldsIn(resource?.attributes ?? {}, 'display'), of.externalId);
    for (const one of captions ? [captions] : streamCaptions(document, film)) media.add(one);
  }
}

/** Of a locked post: what it would have, as far as that is told, and the blurred picture that is shown to everybody. */
export function addLockedMedia(reading: Reading): void {
  const { document, post, fields, media, drift } = reading;
  galleryOf(reading);
  mainOf(reading);
  listIn(fields, 'attachments_preview_metadata').forEach((value, index) => {
    media.add({ media: lockedAttachment(fieldsOf(value), index), at: { via: 'nowhere' } });
  });
  relatedMedia(document, post, { name: 'audio_preview', role: 'preview' }, drift).forEach(media.add);
  const image = fieldsIn(fields, 'image');
  const url = textIn(image, 'large_url') ?? textIn(image, 'url');
  if (url === null) return;
  media.add({
    media: { ...nothingKnown, externalId: 'preview', kind: 'image', role: 'preview' },
    at: { via: 'address', url },
  });
}

const lockedAttachment = (preview: Fields, index: number): FoundMedia['media'] => ({
  ...nothingKnown,
  externalId: `locked-${index + 1}`,
  kind: 'file',
  role: 'attachment',
  fileName: textIn(preview, 'file_name'),
  mimeType: textIn(preview, 'mimetype'),
  sizeBytes: countIn(preview, 'size_bytes'),
});
