import sharp from 'sharp';
import { expect, test } from 'vitest';
import { drawPictures } from './pictures.ts';

const flat = (width: number, height: number, background = '#336699') =>
  sharp({ create: { width, height, channels: 3, background } });

async function drawn(source: Buffer) {
  const pictures = await drawPictures(source);
  if (!pictures.ok) throw new Error(pictures.error.code);
  return pictures.value;
}

test('a photograph becomes 150, 300 and 600 pixels wide, and says how large it is', async () => {
  const pictures = await drawn(await flat(4000, 3000).jpeg().toBuffer());
  expect(pictures).toMatchObject({ width: 4000, height: 3000 });
  const sizes = await Promise.all(pictures.thumbnails.map(({ webp }) => sharp(webp).metadata()));
  expect(sizes.map(({ format, width, height }) => [format, width, height])).toEqual([
    ['webp', 150, 113],
    ['webp', 300, 225],
    ['webp', 600, 450],
  ]);
  expect(Buffer.from(pictures.placeholder, 'base64').length).toBeGreaterThan(4);
});

test('nothing is made larger than it is', async () => {
  expect((await drawn(await flat(320, 200).png().toBuffer())).thumbnails.map(({ width }) => width)).toEqual([
    150, 300,
  ]);
  expect(await drawn(await flat(40, 40).png().toBuffer())).toMatchObject({ width: 40, thumbnails: [] });
});

test('a picture taken with the camera on its side stands upright, and says nothing of where it was taken', async () => {
  const onItsSide = await flat(800, 400)
    .withMetadata({ orientation: 6 })
    .withExif({ IFD0: { Copyright: 'at home' } })
    .jpeg()
    .toBuffer();
  const pictures = await drawn(onItsSide);
  expect(pictures).toMatchObject({ width: 400, height: 800 });
  const smallest = await sharp(pictures.thumbnails[0]?.webp).metadata();
  expect(smallest).toMatchObject({ width: 150, height: 300 });
  expect(smallest.exif).toBeUndefined();
  expect(smallest.orientation).toBeUndefined();
});

test('colours of another profile are those that were meant', async () => {
  const wide = await flat(400, 400, '#cc2200').withIccProfile('p3').png().toBuffer();
  const { thumbnails } = await drawn(wide);
  const { data } = await sharp(thumbnails[0]?.webp).raw().toBuffer({ resolveWithObject: true });
  const [red = 0, green = 0, blue = 0] = data;
  expect(Math.abs(red - 0xcc)).toBeLessThan(12);
  expect(Math.abs(green - 0x22)).toBeLessThan(12);
  expect(blue).toBeLessThan(14);
});

test('of an animation the first picture is shown', async () => {
  const red = await flat(200, 200, '#ff0000').png().toBuffer();
  const blue = await flat(200, 200, '#0000ff').png().toBuffer();
  const animation = await sharp([red, blue], { join: { animated: true } })
    .gif()
    .toBuffer();
  const { thumbnails, height } = await drawn(animation);
  expect(height).toBe(200);
  const [r = 0, , b = 0] = await sharp(thumbnails[0]?.webp).raw().toBuffer();
  expect([r > 200, b < 60]).toEqual([true, true]);
});

test('a comic strip without end becomes a picture that WebP can hold', async () => {
  const { thumbnails } = await drawn(await flat(800, 30_000).png().toBuffer());
  const widest = await sharp(thumbnails.at(-1)?.webp).metadata();
  expect(widest.height).toBeLessThanOrEqual(16_383);
});

test('a bomb is refused before it is unpacked', async () => {
  const bomb = await flat(8000, 8000).png({ compressionLevel: 9 }).toBuffer();
  expect(await drawPictures(bomb)).toEqual({ ok: false, error: { code: 'derivative.too-many-pixels' } });
});

test('half a picture is shown as far as it came', async () => {
  const whole = await flat(1200, 900).jpeg().toBuffer();
  expect((await drawn(whole.subarray(0, whole.length / 2))).thumbnails).toHaveLength(3);
});

test('what is no picture says so', async () => {
  for (const wrong of [Buffer.from('<html>'), Buffer.alloc(0), Buffer.from('%PDF-1.7\n')])
    expect(await drawPictures(wrong)).toMatchObject({
      ok: false,
      error: { code: 'derivative.not-readable' },
    });
});

test('a drawing is shown as a picture, in which nothing runs and nothing is fetched', async () => {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="300" height="200">
    <script>alert(1)</script><rect width="300" height="200" fill="green"/><image xlink:href="file:///etc/passwd" width="9" height="9"/></svg>`;
  const { thumbnails } = await drawn(Buffer.from(svg));
  const [, green = 0] = await sharp(thumbnails[0]?.webp).raw().toBuffer();
  expect(green).toBeGreaterThan(100);
});
