import type { Recipe } from '../../seed/patreon/media/recipes.ts';

type Asked = { w?: number; h?: number; blur?: number };

/** The sizes and the blur that an address names (`{"w":620}`, in base64). The original goes out untouched. */
export async function transformed(body: Buffer, { kind }: Recipe, coded: string): Promise<Buffer> {
  const { w, h, blur } = readTransform(coded);
  if (kind !== 'picture' || (w === undefined && h === undefined)) return body;
  const { default: sharp } = await import('sharp');
  const small = sharp(body, { animated: true }).resize({ width: w, height: h, withoutEnlargement: true });
  return (blur === undefined ? small : small.blur(blur)).toBuffer();
}

function readTransform(coded: string): Asked {
  try {
    const value: unknown = JSON.parse(Buffer.from(coded, 'base64').toString());
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
