import sharp from 'sharp';
import { expect, test } from 'vitest';
import { renderPoster } from './poster.ts';

test('a poster is a JPEG of 1000 by 1500, small enough to send', async () => {
  const image = await renderPoster({ kind: 'shows', language: 'es', titles: 4, days: 9 });
  expect(await sharp(image).metadata()).toMatchObject({ format: 'jpeg', width: 1000, height: 1500 });
  expect(image.length).toBeLessThan(200_000);
});

test('the number is really drawn: other days give another picture', async () => {
  const draw = async (days: number) =>
    sharp(await renderPoster({ kind: 'films', language: 'en', titles: 1, days }))
      .raw()
      .toBuffer();
  const [three, four] = [await draw(33), await draw(44)];
  const different = three.filter((value, index) => Math.abs(value - (four[index] ?? 0)) > 60).length;
  expect(different).toBeGreaterThan(5000);
});
