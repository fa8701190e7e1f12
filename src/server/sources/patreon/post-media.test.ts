import { expect, test } from 'vitest';
import type { SourcePost } from '#features/archive/core/post.ts';
import type { RawPost } from '#features/archive/server/ports.ts';
import { aFile, anImage, aPost, cdn, manyOf, oneOf } from './documents.fake.ts';
import { read } from './read.ts';
import type { ReadPost } from './read-post.ts';

function readWhole(raw: RawPost): ReadPost {
  const result = read(raw);
  if (!result.ok) throw new Error(result.error.reason);
  return result.value;
}
const readOne = (raw: RawPost): SourcePost => readWhole(raw).post;

test('a gallery is in the order of its creator, and neither its cover nor its main file is a picture more', () => {
  const raw = aPost({
    attributes: {
      post_type: 'image_file',
      post_file: { media_id: 2, url: cdn('b') },
      image: { url: cdn('b', 'other'), large_url: cdn('b', 'large'), width: 5, height: 5 },
      post_metadata: { image_order: ['2', '1'] },
    },
    relationships: { images: manyOf('media', '1', '2'), media: manyOf('media', '1', '2') },
    included: [anImage('1', 'a'), anImage('2', 'b')],
  });
  expect(readOne(raw).blocks).toEqual([{ type: 'gallery', media: ['2', '1'] }]);
  expect(readOne(raw).media).toHaveLength(2);
  expect(readOne(raw).media[0]).toMatchObject({
    externalId: '2',
    role: 'gallery',
    width: 1600,
    height: 900,
    sizeBytes: 120_000,
  });
});

test('the main file of old picture posts, without an id, is known by its address', () => {
  const raw = aPost({
    attributes: { post_type: 'image_file', post_file: { name: 'old.jpg', url: cdn('a', 'other') } },
    relationships: { images: manyOf('media', '1') },
    included: [anImage('1', 'a')],
  });
  expect(readOne(raw).media.map(({ externalId }) => externalId)).toEqual(['1']);
  const alone = aPost({ attributes: { post_file: { name: 'old.zip', url: cdn('c') } } });
  expect(readOne(alone).media).toMatchObject([
    { externalId: `post_file-${'c'.repeat(32)}`, kind: 'file', role: 'main', fileName: 'old.zip' },
  ]);
});

test('a cover that is no picture of the post is kept', () => {
  const raw = aPost({ attributes: { image: { url: cdn('d'), width: 10, height: 4 } } });
  expect(readOne(raw).media).toMatchObject([{ externalId: 'cover', role: 'cover', width: 10, height: 4 }]);
});

test('a video is its stream, with its length, and its transcript belongs to it', () => {
  const url = 'https://stream.mux.com/abc.m3u8?token=eyJ';
  const raw = aPost({
    attributes: {
      post_type: 'video_external_file',
      post_file: {
        media_id: 5,
        url,
        duration: 61.5,
        width: 1280,
        height: 720,
        transcript_url: cdn('e').replace('1.jpg', '1.vtt'),
      },
    },
    relationships: { video: oneOf('media', '5'), media: manyOf('media', '5') },
    included: [
      {
        type: 'media',
        id: '5',
        attributes: {
          mimetype: 'application/x-mpegURL',
          media_type: 'video',
          size_bytes: 999,
          file_name: 'taller.mov',
          download_url: 'https://www.patreon.com/404.mp4',
        },
      },
    ],
  });
  const { post, media } = readWhole(raw);
  expect(post.blocks).toEqual([{ type: 'video', media: '5' }]);
  expect(media).toMatchObject([
    {
      media: {
        externalId: '5',
        kind: 'video',
        role: 'main',
        fileName: 'taller.mov',
        mimeType: null,
        sizeBytes: null,
        durationMs: 61_500,
      },
      at: { via: 'stream', url },
    },
    { media: { externalId: '5-captions', role: 'captions', of: '5', mimeType: 'text/vtt' } },
  ]);
});

test('the sound of an episode has one address under many names', () => {
  const audio = cdn('f').replace('.jpg', '.mp3');
  const raw = aPost({
    attributes: {
      post_type: 'podcast',
      post_file: { media_id: 8, name: 'ep.mp3', url: audio, duration: 1800 },
    },
    relationships: { audio: oneOf('media', '8') },
    included: [
      aFile('8', 'audio/mpeg', {
        media_type: 'audio',
        download_url: audio,
        image_urls: { url: audio, original: audio },
      }),
    ],
  });
  const { post, media } = readWhole(raw);
  expect(post.blocks).toEqual([{ type: 'audio', media: '8' }]);
  expect(media).toMatchObject([
    { media: { kind: 'audio', durationMs: 1_800_000 }, at: { via: 'address', url: audio } },
  ]);
});

test('attachments are files whatever is in them, and what has no place anywhere is not left out', () => {
  const raw = aPost({
    relationships: {
      attachments_media: manyOf('media', '1'),
      attachments: manyOf('attachment', '77'),
      media: manyOf('media', '1', '2', '3'),
    },
    included: [
      aFile('1', 'application/pdf', { size_bytes: null }),
      {
        type: 'attachment',
        id: '77',
        attributes: { name: 'old.pdf', url: 'https://www.patreon.com/file?h=1&i=2' },
      },
      anImage('2', 'a', { owner_relationship: 'unheard-of' }),
      aFile('3', 'application/zip'),
    ],
  });
  const { post, media } = readWhole(raw);
  expect(post.blocks).toEqual([
    { type: 'image', media: '2', alt: null, caption: null },
    { type: 'file', media: '3' },
    { type: 'file', media: '1' },
    { type: 'file', media: 'attachment-77' },
  ]);
  expect(media.find((one) => one.media.externalId === '1')).toMatchObject({
    media: { sizeBytes: null },
    at: { via: 'attachment' },
  });
});

test('a picture of the text that came along is known whole, one that did not by its address', () => {
  const content = `<p>Here:</p><div data-image-container="true"><figure><img src="${cdn('a').replace('&', '&amp;')}" data-media-id="1"/><figcaption>The bench</figcaption></figure></div><p><img src="${cdn('b')}" data-media-id="2" alt="Saw"> and <img src="https://example.org/x.png?v=1"></p>`;
  const { post, media } = readWhole(aPost({ attributes: { content }, included: [anImage('1', 'a')] }));
  expect(post.blocks).toMatchObject([
    { type: 'paragraph' },
    { type: 'image', media: '1', caption: 'The bench' },
    { type: 'image', media: '2', alt: 'Saw' },
    { type: 'paragraph', text: [{ text: 'and' }] },
    { type: 'image', media: expect.stringMatching(/^image-[0-9a-f]{32}$/) as string },
  ]);
  expect(media.map((one) => [one.media.role, one.media.width])).toEqual([
    ['inline', 1600],
    ['inline', null],
    ['inline', null],
  ]);
  expect(media[1]?.at).toEqual({ via: 'address', url: cdn('b') });
});
