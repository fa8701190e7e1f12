import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, expect, test } from 'vitest';
import type { ItemId } from '#core/ids.ts';
import { createPosterService } from './posters.service.ts';

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

const jpeg = () =>
  sharp({ create: { width: 1000, height: 1500, channels: 3, background: '#336699' } })
    .jpeg()
    .toBuffer();

async function aService(picture: () => Promise<Uint8Array | null>) {
  const folder = await mkdtemp(join(tmpdir(), 'kc-posters-'));
  folders.push(folder);
  let asked = 0;
  let now = new Date('2026-01-31T00:00:00Z');
  const posters = createPosterService({
    folder,
    source: async () => ({
      poster: async () => {
        asked += 1;
        return picture();
      },
    }),
    clock: { now: () => now },
  });
  return { posters, asked: () => asked, wait: (ms: number) => (now = new Date(now.getTime() + ms)) };
}

test('a poster is made small once and then kept', async () => {
  const { posters, asked } = await aService(jpeg);
  const [first, second] = await Promise.all([
    posters.poster('a-1' as ItemId),
    posters.poster('a-1' as ItemId),
  ]);
  const third = await posters.poster('a-1' as ItemId);

  expect(await sharp(first ?? undefined).metadata()).toMatchObject({
    format: 'webp',
    width: 360,
    height: 540,
  });
  expect(second).toEqual(first);
  expect(Buffer.from(third ?? [])).toEqual(Buffer.from(first ?? []));
  expect(asked()).toBe(1);
});

test('a season shows the poster of its show', async () => {
  const { posters, asked } = await aService(jpeg);
  await posters.poster('a-1' as ItemId);
  expect(await posters.poster('a-1-s02' as ItemId)).not.toBeNull();
  expect(asked()).toBe(1);
});

test('a service without the picture is left in peace for an hour', async () => {
  const { posters, asked, wait } = await aService(async () => null);
  expect(await posters.poster('a-1' as ItemId)).toBeNull();
  expect(await posters.poster('a-1' as ItemId)).toBeNull();
  expect(asked()).toBe(1);
  wait(3_600_001);
  await posters.poster('a-1' as ItemId);
  expect(asked()).toBe(2);
});

test('what is not a picture is not shown', async () => {
  const { posters } = await aService(async () => new TextEncoder().encode('<html>'));
  expect(await posters.poster('a-1' as ItemId)).toBeNull();
});

test('what is not an id of ours has no poster', async () => {
  const { posters, asked } = await aService(jpeg);
  expect(await posters.poster('../secret.key' as ItemId)).toBeNull();
  expect(asked()).toBe(0);
});
