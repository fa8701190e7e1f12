import { expect, test } from 'vitest';
import type { CreatorId } from '#core/ids.ts';
import { duePictures, isOfThisPicture } from './creator-pictures.ts';

const ana = { id: 'c1' as CreatorId, externalId: 'ana', avatar: 'a1', cover: null };
const picture = (version: string) => ({ address: `https://files.example/${version}?token=x`, version });

test('only what is another picture than the one that lies there is fetched', () => {
  const told = { externalId: 'ana', avatar: picture('a1'), cover: picture('k1') };
  expect(duePictures([ana], [told])).toEqual([{ creatorId: 'c1', role: 'cover', picture: picture('k1') }]);
  expect(duePictures([ana], [{ ...told, avatar: picture('a2'), cover: null }])).toEqual([
    { creatorId: 'c1', role: 'avatar', picture: picture('a2') },
  ]);
});

test('a source that tells of no picture takes none away, and creators who are left out have none fetched', () => {
  expect(duePictures([ana], [{ externalId: 'ana', avatar: null, cover: null }])).toEqual([]);
  expect(duePictures([ana], [])).toEqual([]);
  expect(duePictures([], [{ externalId: 'ana', avatar: picture('a2'), cover: null }])).toEqual([]);
});

test('a picture that is gone says nothing of the next one, a host that is ill does', () => {
  expect(isOfThisPicture({ code: 'source.not-found' })).toBe(true);
  expect(isOfThisPicture({ code: 'download.empty' })).toBe(true);
  expect(isOfThisPicture({ code: 'download.host-failed', host: 'files.example', reason: 'HTTP 503' })).toBe(
    false,
  );
  expect(isOfThisPicture({ code: 'source.rate-limited', retryAfterMs: null })).toBe(false);
  expect(isOfThisPicture({ code: 'download.disk-full', freeBytes: 1 })).toBe(false);
});
