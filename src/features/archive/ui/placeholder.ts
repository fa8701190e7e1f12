import { rgbaToDataURL, thumbHashToRGBA } from 'thumbhash';

/** The most pixels a side keeps: the browser smooths them over the whole picture, and the page stays light. */
const SIDE = 8;

/**
 * A picture of a few pixels as an address that needs no request, from the thumbhash of a picture: it stands there until the
 * picture has come, also without a script. Null for what is no thumbhash.
 */
export function placeholderOf(hash: string | null): string | null {
  if (hash === null || !/^[\w+/]{6,40}={0,2}$/.test(hash)) return null;
  try {
    const bytes = Uint8Array.from(atob(hash), (letter) => letter.charCodeAt(0));
    const { w, h, rgba } = thumbHashToRGBA(bytes);
    const [width, height] = [Math.min(w, SIDE), Math.min(h, SIDE)];
    return rgbaToDataURL(width, height, shrunk({ w, h, rgba }, width, height));
  } catch {
    return null;
  }
}

/** The pixel in the middle of each field is enough: a thumbhash has no sharp edges. */
function shrunk(
  { w, h, rgba }: { w: number; h: number; rgba: Uint8Array },
  width: number,
  height: number,
): Uint8Array {
  const small = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const from = Math.floor(((y + 0.5) * h) / height) * w + Math.floor(((x + 0.5) * w) / width);
      small.set(rgba.subarray(from * 4, from * 4 + 4), (y * width + x) * 4);
    }
  return small;
}
