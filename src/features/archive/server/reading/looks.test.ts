import { expect, test } from 'vitest';
import { aSha } from '#features/enrichment/server/ports.fake.ts';
import type { MediaLook } from '../../core/media.ts';
import type { ShownPicture } from '../../core/reading/shown.ts';
import { withFaces } from './looks.ts';

const aLook = (over: Partial<MediaLook> = {}): MediaLook => ({
  width: null,
  height: null,
  durationMs: null,
  placeholder: null,
  thumbnailWidths: [],
  hasPoster: false,
  waveform: null,
  text: null,
  recognised: null,
  ...over,
});

test('a document shows its face when there is one, a picture its place at once', async () => {
  const cards = (['image', 'file'] as const).map((kind): { cover: ShownPicture | null } => ({
    cover: { sha256: aSha(1), kind, look: null },
  }));
  const faces = async (look: MediaLook | null) => {
    const looks = async () => new Map(look ? [[aSha(1), look]] : []);
    return (await withFaces(cards, looks, ['cover'])).map(({ cover }) => cover?.kind ?? null);
  };
  expect(await faces(null)).toEqual(['image', null]);
  expect(await faces(aLook({ text: 'made' }))).toEqual(['image', null]);
  expect(await faces(aLook({ thumbnailWidths: [150] }))).toEqual(['image', 'file']);
});
