import type { Sharp, SharpInput, SharpOptions } from 'sharp';

/** Its library of pictures is 15 MB that a program without new pictures never needs: it is loaded with the first one. */
export async function sharpOf(input: SharpInput, options?: SharpOptions): Promise<Sharp> {
  const { default: open } = await import('sharp');
  return open(input, options);
}
