import type { RawPost } from '#features/archive/server/ports.ts';

type Given = { id?: string; attributes?: object; relationships?: object; included?: readonly object[] };

/** An answer about one post, whole and readable; a test names only what matters to it. */
export const aPost = ({
  id = '94714289',
  attributes,
  relationships,
  included = [],
}: Given = {}): RawPost => ({
  externalId: id,
  raw: {
    data: {
      type: 'post',
      id,
      attributes: {
        title: 'Cuaderno de campo',
        post_type: 'text_only',
        content: null,
        published_at: '2026-03-22T08:46:15.000+00:00',
        edited_at: null,
        url: `https://www.patreon.com/posts/cuaderno-${id}`,
        current_user_can_view: true,
        comment_count: 3,
        like_count: 12,
        ...attributes,
      },
      relationships: relationships ?? {},
    },
    included,
  },
});

export const manyOf = (type: string, ...ids: string[]) => ({ data: ids.map((id) => ({ type, id })) });
export const oneOf = (type: string, id: string) => ({ data: { type, id } });

/** An address as the file server gives it; the 32 digits tell the file. */
export const cdn = (digit: string, transform = 'eyJhIjoxLCJwIjoxfQ%3D%3D'): string =>
  `https://c10.patreonusercontent.com/4/patreon-media/p/post/94714289/${digit.repeat(32)}/${transform}/1.jpg?token-hash=abc%3D&token-time=1900000000`;

export const anImage = (id: string, digit: string, attributes: object = {}) => ({
  type: 'media',
  id,
  attributes: {
    file_name: `lámina-${id}.jpg`,
    mimetype: 'image/jpeg',
    media_type: 'image',
    size_bytes: 120_000,
    state: 'ready',
    owner_relationship: 'main',
    download_url: cdn(digit),
    image_urls: { url: cdn(digit, 'eyJ3IjoxMDgwfQ%3D%3D'), original: cdn(digit) },
    metadata: { dimensions: { w: 1600, h: 900 } },
    ...attributes,
  },
});

export const aFile = (id: string, mimetype: string, attributes: object = {}) => ({
  type: 'media',
  id,
  attributes: {
    file_name: `file-${id}`,
    mimetype,
    media_type: 'file',
    size_bytes: 5000,
    state: 'ready',
    owner_relationship: 'attachment',
    download_url: null,
    image_urls: null,
    metadata: {},
    ...attributes,
  },
});
