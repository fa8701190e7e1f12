import { sharpOf } from '#server/platform/sharp.ts';
import { drawPoster, POSTER_HEIGHT, POSTER_WIDTH, type PosterText } from '../../core/leaving-soon/poster.ts';

/** JPEG, because a gradient as PNG is ten times as large. */
export async function renderPoster(text: PosterText): Promise<Uint8Array> {
  const drawn = await sharpOf(Buffer.from(drawPoster(text)));
  return drawn.resize(POSTER_WIDTH, POSTER_HEIGHT).jpeg({ quality: 88 }).toBuffer();
}
