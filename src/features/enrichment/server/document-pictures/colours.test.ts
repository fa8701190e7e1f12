import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, test, vi } from 'vitest';
import {
  SIZE,
  WIDTH,
  HEIGHT,
  aJpeg,
  drawn,
  greySamples,
  hasPoppler,
  isHere,
  pdfOf,
  samples,
  taken,
} from './document-pictures.fake.ts';
import { anEncodedImage, aRawImage, type PdfImage } from './picture-pdf.fake.ts';

vi.setConfig({ testTimeout: 180_000 }); // programs yield to everybody else on a busy machine

/** The colours at two places on the diagonal. */
async function coloursOf(bytes: Buffer): Promise<number[][]> {
  const { data, info } = await sharp(bytes).toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
  return [0.3, 0.7].map((far) => {
    const at = (Math.floor(info.height * far) * info.width + Math.floor(info.width * far)) * info.channels;
    return [...data.subarray(at, at + info.channels)];
  });
}

/** The same places as a reader draws them. */
async function seenIn(pdf: Buffer): Promise<number[][]> {
  const { stdout } = spawnSync(
    'pdftoppm',
    ['-png', '-r', '72', '-singlefile', '-x', '50', '-y', '242', '-W', '300', '-H', '200'],
    { input: pdf },
  );
  return coloursOf(stdout);
}

const near = (one: readonly number[], other: readonly number[], most: number) =>
  one.every((value, index) => Math.abs(value - (other[index] ?? 0)) <= most);

describe.skipIf(!hasPoppler)('colours of a picture', () => {
  const grey = greySamples();
  const deep = Buffer.from(new Uint16Array(samples()).map((one) => one * 257).buffer).swap16();
  const inks = Buffer.alloc(WIDTH * HEIGHT * 4, 20);
  for (let at = 0; at < WIDTH * HEIGHT; at += 1) inks[at * 4 + 1] = ((at % WIDTH) * 255) / WIDTH;
  test.each<[string, PdfImage]>([
    ['samples', aRawImage(SIZE, samples())],
    ['grey samples', aRawImage(SIZE, grey, { space: '/DeviceGray' })],
    ['samples of 16 bits', aRawImage(SIZE, deep, { bits: 16 })],
    ['CMYK', aRawImage(SIZE, inks, { space: '/DeviceCMYK' })],
    ['inverted samples', aRawImage(SIZE, samples(), { more: '/Decode [1 0 1 0 1 0]' })],
    [
      'a palette',
      aRawImage(SIZE, Buffer.from(grey.map((one) => one >> 6)), {
        space: '[/Indexed /DeviceRGB 3 <ff0000 00ff00 0000ff ffff00>]',
      }),
    ],
    [
      'a bitmap',
      aRawImage(SIZE, Buffer.concat([Buffer.alloc(50 * 150, 0xff), Buffer.alloc(50 * 150)]), {
        space: '/DeviceGray',
        bits: 1,
      }),
    ],
  ])('%s come out as a reader shows them, as WebP', async (_name, image) => {
    const pdf = pdfOf(image);
    const { pictures, bytesOf } = await taken(pdf);
    expect(await pictures()).toMatchObject([{ format: 'webp', width: 400, height: 300 }]);
    const [own, seen] = [await coloursOf(await bytesOf(0)), await seenIn(pdf)];
    expect(
      own.map((colour, index) => near(colour, seen[index] ?? [], 12)),
      JSON.stringify({ own, seen }),
    ).toEqual([true, true]);
  });

  test.each([
    ['of four inks', '/DeviceCMYK', '', 'cmyk'],
    [
      'of four inks that are inverted, as Adobe writes them',
      '/DeviceCMYK',
      '/Decode [1 0 1 0 1 0 1 0]',
      'cmyk',
    ],
    ['that the document inverts', '/DeviceRGB', '/Decode [1 0 1 0 1 0]', 'srgb'],
  ] as const)('a JPEG %s comes out as a reader shows it', async (_name, space, more, colours) => {
    const jpeg = await drawn().toColourspace(colours).jpeg().toBuffer();
    const pdf = pdfOf(anEncodedImage(SIZE, jpeg, { space, more }));
    const { pictures, bytesOf } = await taken(pdf);
    expect(await pictures()).toMatchObject([{ format: 'webp' }]);
    const [own, seen] = [await coloursOf(await bytesOf(0)), await seenIn(pdf)];
    expect(
      own.map((colour, index) => near(colour, seen[index] ?? [], 12)),
      JSON.stringify({ own, seen }),
    ).toEqual([true, true]);
  });

  test('a JPEG that a browser would turn is none any more', async () => {
    const turned = await drawn().withMetadata({ orientation: 6 }).jpeg().toBuffer();
    expect(await (await taken(pdfOf(anEncodedImage(SIZE, turned)))).pictures()).toMatchObject([
      { format: 'webp', width: 400, height: 300 },
    ]);
  });

  test.skipIf(!isHere('ffmpeg', '-version'))('a JPEG 2000 comes out as WebP', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kc-jp2-'));
    const [png, jp2] = [join(folder, 'a.png'), join(folder, 'a.jp2')];
    await drawn().png().toFile(png);
    spawnSync('ffmpeg', ['-v', 'error', '-i', png, '-pix_fmt', 'rgb24', jp2]);
    const pdf = pdfOf(anEncodedImage(SIZE, readFileSync(jp2), { filter: '/JPXDecode' }));
    await rm(folder, { recursive: true });
    const { pictures, bytesOf } = await taken(pdf);
    expect(await pictures()).toMatchObject([{ format: 'webp', width: 400, height: 300 }]);
    const [own = [], ...others] = await coloursOf(await bytesOf(0));
    expect(near(own, [76, 76, 80], 12), JSON.stringify([own, others])).toBe(true);
  });

  test('what is seen through stays so', async () => {
    const half = Buffer.alloc(WIDTH * HEIGHT, 255).fill(0, 0, (WIDTH * HEIGHT) / 2);
    const softMask = aRawImage(SIZE, half, { space: '/DeviceGray' });
    const { pictures, bytesOf } = await taken(pdfOf({ ...anEncodedImage(SIZE, await aJpeg()), softMask }));
    expect(await pictures()).toMatchObject([{ format: 'webp' }]);
    expect((await coloursOf(await bytesOf(0))).map((colour) => colour[3])).toEqual([0, 255]);
    const small = {
      ...softMask,
      dictionary: softMask.dictionary.replace('400', '40').replace('300', '30'),
      bytes: deflateSync(Buffer.alloc(40 * 30, 99)),
    };
    const other = await taken(pdfOf({ ...aRawImage(SIZE, samples()), softMask: small }));
    expect((await coloursOf(await other.bytesOf(0))).map((colour) => colour[3])).toEqual([99, 99]);
  });
});
