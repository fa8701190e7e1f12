import { deflateSync } from 'node:zlib';
import { pdfStream, serialisePdf } from '../pdf.fake.ts';

/** A picture as it lies in a document: its dictionary, its bytes as they stand there, and what it is seen through. */
export type PdfImage = { dictionary: string; bytes: Buffer; softMask?: PdfImage; mask?: PdfImage };

/** Where a picture stands on its page, in points from the lower left. A4 has 595 × 842. */
export type Placed = { image: PdfImage; at?: readonly [x: number, y: number, width: number, height: number] };

export type PicturePage = { text?: string; pictures: readonly Placed[]; content?: string };

/** A document with pictures on its pages; the same picture is in it once, however often it is used. */
export function aPicturePdf(pages: readonly PicturePage[]): Buffer {
  const objects: Buffer[] = [Buffer.alloc(0), Buffer.alloc(0)];
  const add = (body: Buffer): number => objects.push(body);
  const numbers = new Map<PdfImage, number>();
  const font = add(Buffer.from('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'));

  function numberOf(image: PdfImage): number {
    const known = numbers.get(image);
    if (known !== undefined) return known;
    const masks = [
      ...(image.softMask ? [`/SMask ${numberOf(image.softMask)} 0 R `] : []),
      ...(image.mask ? [`/Mask ${numberOf(image.mask)} 0 R `] : []),
    ].join('');
    const number = add(pdfStream(image.bytes, `/Type /XObject /Subtype /Image ${image.dictionary} ${masks}`));
    numbers.set(image, number);
    return number;
  }

  const kids = pages.map(({ text = '', pictures, content = '' }) => {
    const named = pictures.map(({ image }, index) => `/I${index} ${numberOf(image)} 0 R`).join(' ');
    const drawn = pictures.map(
      ({ at: [x, y, width, height] = [50, 400, 300, 200] }, index) =>
        `q ${width} 0 0 ${height} ${x} ${y} cm /I${index} Do Q`,
    );
    const words = text === '' ? '' : `BT /F1 12 Tf 50 800 Td (${text}) Tj ET`;
    const body = add(pdfStream(Buffer.from([...drawn, words, content].join('\n'), 'latin1')));
    return add(
      Buffer.from(
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 ${font} 0 R >> /XObject << ${named} >> >> /Contents ${body} 0 R >>`,
      ),
    );
  });
  objects[0] = Buffer.from('<< /Type /Catalog /Pages 2 0 R >>');
  objects[1] = Buffer.from(
    `<< /Type /Pages /Count ${kids.length} /Kids [${kids.map((kid) => `${kid} 0 R`).join(' ')}] >>`,
  );
  return serialisePdf(objects);
}

type Look = { space?: string; bits?: number; more?: string };

/** Samples as they are, deflated. */
export const aRawImage = (
  [width, height]: readonly [number, number],
  samples: Buffer,
  { space = '/DeviceRGB', bits = 8, more = '' }: Look = {},
): PdfImage => ({
  dictionary: `/Width ${width} /Height ${height} /ColorSpace ${space} /BitsPerComponent ${bits} /Filter /FlateDecode ${more}`,
  bytes: deflateSync(samples),
});

/** A JPEG, or a JPEG 2000 (`/JPXDecode`), as its file has it. */
export const anEncodedImage = (
  [width, height]: readonly [number, number],
  bytes: Buffer,
  { space = '/DeviceRGB', bits = 8, more = '', filter = '/DCTDecode' }: Look & { filter?: string } = {},
): PdfImage => ({
  dictionary: `/Width ${width} /Height ${height} /ColorSpace ${space} /BitsPerComponent ${bits} /Filter ${filter} ${more}`,
  bytes,
});

/** 400 × 300, grey that grows from top to bottom. */
export function aDrawing(lightest = 255): PdfImage {
  const [width, height] = [400, 300] as const;
  const samples = Buffer.alloc(width * height);
  for (let at = 0; at < samples.length; at += 1) samples[at] = (Math.floor(at / width) * lightest) / height;
  return aRawImage([width, height], samples, { space: '/DeviceGray' });
}
