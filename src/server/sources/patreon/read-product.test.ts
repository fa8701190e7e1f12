import { expect, test } from 'vitest';
import type { SourcePost } from '#features/archive/core/post.ts';
import type { RawPost } from '#features/archive/server/ports.ts';
import { aFile, anImage, manyOf } from './documents.fake.ts';
import { read } from './read.ts';

function readOne(raw: RawPost): SourcePost {
  const result = read(raw);
  if (!result.ok) throw new Error(result.error.reason);
  return result.value.post;
}

const aProduct = (attributes: object): RawPost => ({
  externalId: 'product-12',
  raw: {
    data: {
      type: 'product-variant',
      id: '12',
      attributes: {
        name: 'Brush pack',
        description: '<p>Twelve brushes</p>',
        description_rich_text: null,
        published_at_datetime: '2026-02-01T00:00:00Z',
        ...attributes,
      },
      relationships: { content_media: manyOf('media', '1'), preview_media: manyOf('media', '2') },
    },
    included: [aFile('1', 'application/zip'), anImage('2', 'a')],
  },
});

test('what was bought is a post with its files', () => {
  const post = readOne(aProduct({ access_metadata: [{ access_created_at: '2026-02-03T00:00:00Z' }] }));
  expect(post).toMatchObject({
    externalId: 'product-12',
    kind: 'product',
    locked: false,
    title: 'Brush pack',
  });
  expect(post.media.map(({ externalId, role }) => [externalId, role])).toEqual([
    ['1', 'product'],
    ['2', 'preview'],
  ]);
  expect(post.blocks.map(({ type }) => type)).toEqual(['image', 'paragraph', 'file']);
});

test('what was not is locked, with what everybody may see of it', () => {
  const post = readOne(aProduct({ access_metadata: [{ access_created_at: null }] }));
  expect(post.locked).toBe(true);
  expect(post.media.map(({ role }) => role)).toEqual(['preview']);
});
