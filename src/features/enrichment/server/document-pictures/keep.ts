import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Sharp } from 'sharp';
import type { DocumentPicture } from '#features/archive/core/media.ts';
import { sharpOf } from '#server/platform/sharp.ts';
import { MOST_PIXELS, type ChosenPicture } from '../../core/document-pictures/choose.ts';
import { placeholderOf } from '../pictures.ts';
import type { TakenOut } from './take-out.ts';

/** What WebP has for a side. */
const MOST_SIDE = 16_383;
/** With 48 megapixels the encoder took 880 MB (measured); a JPEG is only looked at, and stays as large as it is. */
const MOST_WEBP_PIXELS = 24_000_000;
const QUALITY = 90;
/** Twice as high as it stands in a row of them. */
const SMALL = { width: 480, height: 240 };
const SMALL_QUALITY = 78;

const COMPARED_SIDE = 64;
/** Of 255, on average: what a JPEG and its picture differ by is less than 2; another colour space, or an inversion, is 10 and more. */
const MOST_DIFFERENCE = 5;
/** Backgrounds and shadows are one colour. */
const LEAST_CONTRAST = 6;

export type KeptPicture = Omit<DocumentPicture, 'page'> & { bytes: Uint8Array; small: Uint8Array };

type Files = { seen: string; jpeg: string | undefined; mask: Uint8Array | null };

/**
 * A picture of a page as it is kept, or null when there is nothing to see, or not what a reader would see. A JPEG stays as
 * it is when it looks the same by itself: in a document it may be inverted, in other colours, or turned.
 */
export async function keepPicture(
  chosen: ChosenPicture,
  { seen, jpegs }: TakenOut,
): Promise<KeptPicture | null> {
  const file = seen.get(chosen.place);
  const maskFile = chosen.softMask === null ? null : seen.get(chosen.softMask);
  if (file === undefined || maskFile === undefined) return null;
  try {
    const mask = maskFile === null ? null : await maskOf(maskFile, sizeOf(chosen));
    return mask === 'hides-all'
      ? null
      : await kept(chosen, { seen: file, jpeg: jpegs.get(chosen.place), mask });
  } catch {
    return null; // sharp cannot read it: not at all is better than wrong
  }
}

async function kept(chosen: ChosenPicture, { seen, jpeg, mask }: Files): Promise<KeptPicture | null> {
  const { width, height } = await (await open(seen)).metadata();
  if (width !== chosen.width || height !== chosen.height) return null;
  const look = await lookOf(seen);
  if (contrastOf(look) < LEAST_CONTRAST) return null;
  if (jpeg !== undefined && mask === null && (await looksLike(jpeg, look)))
    return { ...(await jpegOf(jpeg)), width, height };
  const { data: bytes, info } = await (
    await seenThrough(seen, sizeOf(chosen), mask)
  )
    .webp({ quality: QUALITY, lossless: chosen.isBitmap, effort: 3 })
    .toBuffer({ resolveWithObject: true });
  const id = await idOf(seen, mask);
  return { id, format: 'webp', width: info.width, height: info.height, bytes, ...(await smallOf(bytes)) };
}

async function jpegOf(file: string): Promise<Omit<KeptPicture, 'width' | 'height'>> {
  const bytes = await readFile(file);
  return { id: await idOf(file), format: 'jpg', bytes, ...(await smallOf(bytes)) };
}

type Size = { width: number; height: number };

/** As large as it may be kept as WebP. */
function sizeOf({ width, height }: Size): Size {
  const scale = Math.min(
    1,
    Math.sqrt(MOST_WEBP_PIXELS / (width * height)),
    MOST_SIDE / Math.max(width, height),
  );
  return {
    width: Math.max(1, Math.floor(width * scale)),
    height: Math.max(1, Math.floor(height * scale)),
  };
}

const open = (file: string | Uint8Array) =>
  sharpOf(file, { limitInputPixels: MOST_PIXELS, sequentialRead: true });

/** How far each pixel is seen through; null when it hides nothing. */
async function maskOf(file: string, { width, height }: Size): Promise<Uint8Array | null | 'hides-all'> {
  const mask = await (
    await open(file)
  )
    .resize(width, height, { fit: 'fill' })
    .toColourspace('b-w')
    .extractChannel(0)
    .raw({ depth: 'uchar' })
    .toBuffer();
  if (mask.every((one) => one === 0)) return 'hides-all';
  return mask.every((one) => one === 255) ? null : mask;
}

async function seenThrough(file: string, { width, height }: Size, mask: Uint8Array | null): Promise<Sharp> {
  const fitted = (await open(file)).resize(width, height, { fit: 'fill' }).toColourspace('srgb');
  if (mask === null) return fitted;
  const { data, info } = await fitted
    .removeAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const picture = await sharpOf(data, { raw: { width, height, channels: info.channels } });
  return picture.joinChannel(Buffer.from(mask), { raw: { width, height, channels: 1 } });
}

/** A few pixels of it, as they are seen. */
const lookOf = async (file: string): Promise<Uint8Array> =>
  (await open(file))
    .resize(COMPARED_SIDE, COMPARED_SIDE, { fit: 'fill', fastShrinkOnLoad: false })
    .flatten({ background: '#fff' })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer();

function contrastOf(look: Uint8Array): number {
  const channels = look.length / COMPARED_SIDE ** 2;
  const ranges = Array.from({ length: channels }, (_, channel) => {
    const own = look.filter((_one, index) => index % channels === channel);
    return Math.max(...own) - Math.min(...own);
  });
  return Math.max(...ranges);
}

async function looksLike(jpeg: string, look: Uint8Array): Promise<boolean> {
  const { format, space, orientation = 1 } = await (await open(jpeg)).metadata();
  if (format !== 'jpeg' || space === 'cmyk' || orientation !== 1) return false;
  const own = await lookOf(jpeg);
  if (own.length !== look.length) return false;
  const sum = own.reduce((total, one, index) => total + Math.abs(one - (look[index] ?? 0)), 0);
  return sum / own.length <= MOST_DIFFERENCE;
}

async function smallOf(bytes: Uint8Array): Promise<{ small: Uint8Array; placeholder: string }> {
  const small = await (
    await open(bytes)
  )
    .resize({ ...SMALL, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .webp({ quality: SMALL_QUALITY, effort: 3 })
    .toBuffer();
  return { small, placeholder: await placeholderOf(await sharpOf(small)) };
}

/** The same picture under another number of the document is the same. */
async function idOf(file: string, mask: Uint8Array | null = null): Promise<string> {
  const hash = createHash('sha256');
  for await (const part of createReadStream(file)) hash.update(part as Buffer);
  if (mask) hash.update(mask);
  return hash.digest('hex').slice(0, 32);
}
