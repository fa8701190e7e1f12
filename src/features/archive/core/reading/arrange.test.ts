import { expect, test } from 'vitest';
import type { Block } from '../content.ts';
import type { MediaKind, MediaRole } from '../media.ts';
import { arrangePost, type Arrangement, type Placed } from './arrange.ts';

const placed = (externalId: string, kind: MediaKind, role: MediaRole, of: string | null = null): Placed => ({
  externalId,
  kind,
  role,
  of,
});
const ids = ({ lead, gallery, attachments }: Arrangement<Placed>) =>
  [lead, gallery, attachments].map((list) => list.map(({ externalId }) => externalId));

test('the episode stands on top, its cover is no picture of the post', () => {
  const media = [
    placed('cover', 'image', 'cover'),
    placed('episode', 'audio', 'main'),
    placed('pdf', 'file', 'attachment'),
  ];
  expect(ids(arrangePost([], media))).toEqual([['episode'], [], ['pdf']]);
});

test('what the body names stands there and nowhere else', () => {
  const body: Block[] = [
    { type: 'quote', blocks: [{ type: 'image', media: 'a', alt: null, caption: null }] },
    { type: 'list', ordered: false, items: [[{ type: 'file', media: 'pdf' }]] },
    { type: 'gallery', media: ['b'] },
  ];
  const media = [
    placed('a', 'image', 'inline'),
    placed('b', 'image', 'gallery'),
    placed('c', 'image', 'gallery'),
    placed('pdf', 'file', 'attachment'),
  ];
  expect(ids(arrangePost(body, media))).toEqual([[], ['c'], []]);
});

test('a post with nothing but a cover shows it', () => {
  expect(ids(arrangePost([], [placed('cover', 'image', 'cover')]))).toEqual([[], ['cover'], []]);
});

test('captions go with what they belong to', () => {
  const media = [placed('film', 'video', 'main'), placed('es', 'file', 'captions', 'film')];
  const arranged = arrangePost([], media);
  expect(ids(arranged)).toEqual([['film'], [], []]);
  expect(arranged.captions.get('film')).toEqual([media[1]]);
});

test('pictures and sound that were attached as files are attachments', () => {
  const media = [placed('wallpaper', 'image', 'attachment'), placed('stems', 'audio', 'attachment')];
  expect(ids(arrangePost([], media))).toEqual([[], [], ['wallpaper', 'stems']]);
});
