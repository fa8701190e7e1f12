import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { THUMBNAIL_WIDTHS } from '#features/enrichment/core/derivative.ts';
import { createDerivedFolder } from '#features/enrichment/server/folder.ts';
import { createMaker } from '#features/enrichment/server/make.ts';
import { createPrograms } from '#server/platform/program.ts';
import { aSha } from '#features/enrichment/server/ports.fake.ts';
import { timed, type Measurement } from './measurement.ts';

const PHOTOS = 12;

/**
 * Our thumbnails, placeholder and files included, against sharp alone making the same three sizes. They take turns at each
 * photo, so that whatever else the machine does falls on both.
 */
export async function measureThumbnails(): Promise<Measurement[]> {
  const root = await mkdtemp(join(tmpdir(), 'keepercheky-bench-'));
  const make = createMaker({
    folder: createDerivedFolder(join(root, 'derived')),
    programs: createPrograms({ ffmpeg: 'ffmpeg', ffprobe: 'ffprobe' }),
  });
  let oursMs = 0;
  let bareMs = 0;
  for (let number = 0; number < PHOTOS; number++) {
    const path = join(root, `${number}.jpg`);
    await writeFile(path, await aPhoto(number));
    const file = { sha256: aSha(number), kind: 'image', mimeType: 'image/jpeg' } as const;
    const signal = new AbortController().signal;
    bareMs += (await timed(() => bare(path))).ms;
    oursMs += (await timed(() => make({ kind: 'thumbnails', file, path, known: {}, language: null, signal })))
      .ms;
  }
  await rm(root, { recursive: true });
  return [
    {
      name: `thumbnails of a 12 megapixel photo, ours against sharp alone (${perSecond(oursMs)} and ${perSecond(bareMs)}/s)`,
      value: (bareMs / oursMs) * 100,
      unit: '%',
      budget: 80,
      atLeast: true,
    },
  ];
}

const perSecond = (ms: number) => ((PHOTOS * THUMBNAIL_WIDTHS.length * 1000) / ms).toFixed(1);

const bare = (path: string) =>
  Promise.all(
    THUMBNAIL_WIDTHS.map((width) =>
      sharp(path).autoOrient().resize({ width }).webp({ quality: 78 }).toBuffer(),
    ),
  );

/** Noise over a gradient: about as hard to read as a photograph. */
const aPhoto = (number: number) =>
  sharp({
    create: {
      width: 4000,
      height: 3000,
      channels: 3,
      background: { r: (number * 40) % 255, g: 120, b: 90 },
      noise: { type: 'gaussian', mean: 128, sigma: 30 },
    },
  })
    .jpeg({ quality: 88 })
    .toBuffer();
