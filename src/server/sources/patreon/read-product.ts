import { dateIn, fieldsOf, listIn, textIn } from '../shared/fields.ts';
import { safeLink } from '../shared/link.ts';
import { readBody } from './body.ts';
import { identifiersOf, type Document, type Resource } from './document.ts';
import { countDrift } from './drift.ts';
import { linkFiles } from './file-links.ts';
import { createMediaList, relatedMedia } from './media-list.ts';
import type { FoundMedia } from './media.ts';
import { fileBlock, galleryBlocks, inOrder, type ReadPost } from './read-post.ts';

/** Ids of products and of posts are counted separately. */
export const PRODUCT = 'product-';

/** Something of the creator's shop. It is ours when some access to it was given; its description is for everybody. */
export function readProduct(document: Document, product: Resource): ReadPost | null {
  const fields = product.attributes;
  const publishedAt = dateIn(fields, 'published_at_datetime');
  if (!publishedAt) return null;
  const drift = countDrift();
  const list = createMediaList();
  drift.keys('product', product);
  const owned = isOwned(product);
  const names = { html: 'description', json: 'description_rich_text' };
  const words = readBody(withoutEmptyForms(product), names, { document, media: list, drift });
  const files = owned
    ? relatedMedia(document, product, { name: 'content_media', role: 'product' }, drift)
    : [];
  const ours = files.filter(list.add);
  const previews = relatedMedia(document, product, { name: 'preview_media', role: 'preview' }, drift).filter(
    list.add,
  );
  const media = inOrder(list.all());
  return {
    media,
    post: {
      externalId: `${PRODUCT}${product.id}`,
      kind: 'product',
      title: textIn(fields, 'name')?.trim() ?? null,
      url: safeLink(fields['url'] ?? fields['share_url'], 'https://www.patreon.com/'),
      publishedAt,
      editedAt: null,
      locked: !owned,
      teaser: null,
      blocks: [
        ...galleryBlocks(previews.filter(isImage)),
        ...linkFiles(words, list.has),
        ...ours.map(fileBlock),
      ],
      media: media.map((found) => found.media),
      tags: [],
      tiers: [],
      collections: identifiersOf(product, 'collection').map(({ id }) => id),
      commentCount: 0,
      likeCount: null,
      drift: drift.all(),
    },
  };
}

const isImage = ({ media }: FoundMedia): boolean => media.kind === 'image';

export const isOwned = ({ attributes }: Resource): boolean =>
  listIn(attributes, 'access_metadata').some(
    (entry) => dateIn(fieldsOf(entry), 'access_created_at') !== null,
  );

/** The rich form says more than the plain one, where there is one. */
function withoutEmptyForms({ attributes }: Resource) {
  const rich = textIn(attributes, 'description_rich_text');
  if (rich === null) return attributes;
  return rich.trimStart().startsWith('{') ? { description_rich_text: rich } : { description: rich };
}
