import type { Title } from '../seed/household.ts';
import { drawPoster } from '../seed/posters/draw.ts';
import type { Reply } from './http.ts';

const KEPT = 400;
const cache = new Map<string, Promise<Buffer>>();

type Picture = { width: number; format: 'jpeg' | 'png' | 'webp' };

/** Rendered when first asked for; `sharp` is loaded then, so that a household without pictures starts at once. */
export async function posterReply(title: Title, { width, format }: Picture): Promise<Reply> {
  const key = `${title.key} ${String(width)} ${format}`;
  const picture = cache.get(key) ?? render(title, { width, format });
  cache.delete(key);
  cache.set(key, picture);
  if (cache.size > KEPT) cache.delete(cache.keys().next().value ?? '');
  return {
    status: 200,
    type: `image/${format}`,
    body: await picture,
    headers: { 'cache-control': 'public, max-age=86400' },
  };
}

async function render(title: Title, { width, format }: Picture): Promise<Buffer> {
  const { default: sharp } = await import('sharp');
  return sharp(Buffer.from(drawPoster(title)))
    .resize({ width })
    .toFormat(format, { quality: 86 })
    .toBuffer();
}
