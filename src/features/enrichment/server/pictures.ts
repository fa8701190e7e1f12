import type { Sharp } from 'sharp';
import { rgbaToThumbHash } from 'thumbhash';
import { err, ok, type Result } from '#core/result.ts';
import { sharpOf } from '#server/platform/sharp.ts';
import { THUMBNAIL_WIDTHS, type DerivativeFailure, type ThumbnailWidth } from '../core/derivative.ts';

/** 12 megapixels of PNG took 545 MB (measured): there is no way to read one smaller. More than this is an attack. */
const MOST_PIXELS = 50_000_000;
/** A comic strip of 800 × 20 000 would be higher than WebP can be; it is shown as wide as this allows. */
const MOST_TIMES_AS_HIGH = 8;
const PLACEHOLDER_SIDE = 100;
const QUALITY = 78;

export type Pictures = {
  width: number;
  height: number;
  placeholder: string;
  thumbnails: readonly { width: ThumbnailWidth; webp: Uint8Array }[];
};

/**
 * Decodes once and makes every size from the largest. Turned as the camera was held, in sRGB, without the metadata (which may
 * say where somebody lives); of an animation the first picture. Only widths below the picture's own are made.
 */
export async function drawPictures(source: string | Buffer): Promise<Result<Pictures, DerivativeFailure>> {
  try {
    const size = await sizeOf(source);
    const widths = THUMBNAIL_WIDTHS.filter((width) => width < size.width);
    const widest = widths.at(-1) ?? Math.min(size.width, THUMBNAIL_WIDTHS[0]);
    const { data, info } = await fitted((await open(source)).autoOrient(), widest)
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true });
    const raw = { width: info.width, height: info.height, channels: info.channels };
    const again = () => sharpOf(data, { raw });
    const [placeholder, ...thumbnails] = await Promise.all([
      placeholderOf(await again()),
      ...widths.map(async (width) => ({ width, webp: await webpOf(fitted(await again(), width)) })),
    ]);
    return ok({ ...size, placeholder, thumbnails });
  } catch (problem) {
    return err(failureOf(problem));
  }
}

/** Thrown away half-way, a damaged picture still shows what there is of it. */
const open = (source: string | Buffer) => sharpOf(source, { limitInputPixels: MOST_PIXELS, failOn: 'none' });

const fitted = (picture: Sharp, width: number) =>
  picture.resize({ width, height: width * MOST_TIMES_AS_HIGH, fit: 'inside', withoutEnlargement: true });

const webpOf = (picture: Sharp) => picture.webp({ quality: QUALITY, effort: 3 }).toBuffer();

async function sizeOf(source: string | Buffer) {
  const { autoOrient } = await (await open(source)).metadata();
  return { width: autoOrient.width, height: autoOrient.height };
}

/** A thumbhash in base64. */
export async function placeholderOf(picture: Sharp): Promise<string> {
  const { data, info } = await picture
    .resize(PLACEHOLDER_SIDE, PLACEHOLDER_SIDE, { fit: 'inside' })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return Buffer.from(rgbaToThumbHash(info.width, info.height, data)).toString('base64');
}

function failureOf(problem: unknown): DerivativeFailure {
  const reason = problem instanceof Error ? (problem.message.split('\n', 1)[0] ?? '') : String(problem);
  return /pixel limit/i.test(reason)
    ? { code: 'derivative.too-many-pixels' }
    : { code: 'derivative.not-readable', reason: reason.slice(0, 200) };
}
