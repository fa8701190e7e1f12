import { drawPoster, POSTER_HEIGHT, POSTER_WIDTH, type PosterText } from '../../core/leaving-soon/poster.ts';

/** JPEG, because a gradient as PNG is ten times as large. The library is loaded when the first poster is drawn. */
export async function renderPoster(text: PosterText): Promise<Uint8Array> {
  const { default: sharp } = await import('sharp');
  return sharp(Buffer.from(drawPoster(text)))
    .resize(POSTER_WIDTH, POSTER_HEIGHT)
    .jpeg({ quality: 88 })
    .toBuffer();
}
