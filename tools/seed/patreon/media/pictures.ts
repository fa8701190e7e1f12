import type { Made } from './made.ts';
import type { Picture } from './recipes.ts';
import { drawSvg } from './scenes.ts';

/** A picture that looks like something, the same for the same recipe. `sharp` is loaded when the first one is wanted. */
export async function drawPicture(recipe: Picture): Promise<Made> {
  const { default: sharp } = await import('sharp');
  const { width, height, format, quirk } = recipe;
  const frame = (turn: number): Buffer => Buffer.from(drawSvg(recipe, { width, height }, turn));
  if (quirk === 'animated') {
    const frames = Array.from({ length: 8 }, (_, turn) => frame(turn));
    const pages = await Promise.all(frames.map((svg) => sharp(svg).png().toBuffer()));
    const file = await sharp(pages, { join: { animated: true } })
      .gif({ delay: Array<number>(pages.length).fill(120), loop: 0 })
      .toBuffer();
    return { files: { file } };
  }
  const plain = sharp(frame(0)).flatten({ background: '#fff' });
  const turned = quirk === 'rotated' ? plain.rotate(270).withMetadata({ orientation: 6 }) : plain;
  const coloured = quirk === 'wide-gamut' ? turned.withIccProfile('p3') : turned;
  const file = await coloured.toFormat(format, { quality: 82 }).toBuffer();
  return { files: { file } };
}
