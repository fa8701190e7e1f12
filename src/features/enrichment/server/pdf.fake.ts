import { constants, deflateRawSync } from 'node:zlib';

type Pages = readonly (string | Buffer)[];

const MB = 1024 * 1024;

/** Not in the file: its letters are known only to whoever has the tables of Chinese characters. */
const CHINESE =
  '/F2 << /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /UniGB-UCS2-H /DescendantFonts [<< /Type /Font /Subtype /CIDFontType0 /BaseFont /SimSun /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /FontDescriptor << /Type /FontDescriptor /FontName /SimSun /Flags 4 >> >>] >>';

/** A PDF with a line of text on each page, or with the content that is given; `''` is a page without text. */
export function aPdf(pages: Pages, { encrypted = false, saidPages = pages.length, title = '' } = {}): Buffer {
  const bodies = pages.map((page) =>
    Buffer.isBuffer(page)
      ? pdfStream(page, '/Filter /FlateDecode ')
      : pdfStream(Buffer.from(page === '' ? '' : `BT /F1 12 Tf 50 700 Td (${page}) Tj ET`, 'latin1')),
  );
  const kids = pages.map((_page, index) => `${4 + index * 2} 0 R`).join(' ');
  const objects = [
    Buffer.from('<< /Type /Catalog /Pages 2 0 R >>'),
    Buffer.from(`<< /Type /Pages /Count ${saidPages} /Kids [${kids}] >>`),
    Buffer.from('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>'),
    ...bodies.flatMap((body, index) => [
      Buffer.from(
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R ${CHINESE} >> >> /Contents ${5 + index * 2} 0 R >>`,
      ),
      body,
    ]),
  ];
  // No password gives this check, not even the empty one.
  const lock = `/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <${'11'.repeat(32)}> /U <${'22'.repeat(32)}> >>`;
  const info =
    title === '' ? '' : `/Info << /Title <feff${Buffer.from(title, 'utf16le').swap16().toString('hex')}> >> `;
  return serialisePdf(objects, info + (encrypted ? lock : ''));
}

/** What a page of a few kilobytes unpacks to: so many megabytes of white space. */
export function bombOf(megabytes: number): Buffer {
  const block = deflateRawSync(Buffer.alloc(MB, ' '), { finishFlush: constants.Z_FULL_FLUSH });
  const end = deflateRawSync(Buffer.alloc(0));
  return Buffer.concat([Buffer.from([0x78, 0x9c]), ...Array<Buffer>(megabytes).fill(block), end]);
}

export const pdfStream = (bytes: Buffer, dictionary = ''): Buffer =>
  Buffer.concat([
    Buffer.from(`<< ${dictionary}/Length ${bytes.length} >>\nstream\n`),
    bytes,
    Buffer.from('\nendstream'),
  ]);

/** The first object is the catalogue; they are numbered from 1. */
export function serialisePdf(objects: readonly Buffer[], more = ''): Buffer {
  const parts = [Buffer.from('%PDF-1.4\n')];
  let at = parts[0]?.length ?? 0;
  const places = objects.map((body, index) => {
    const whole = Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), body, Buffer.from('\nendobj\n')]);
    const place = at;
    parts.push(whole);
    at += whole.length;
    return `${String(place).padStart(10, '0')} 00000 n \n`;
  });
  const size = objects.length + 1;
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${places.join('')}`;
  const trailer = `trailer\n<< /Size ${size} /Root 1 0 R ${more} >>\nstartxref\n${at}\n%%EOF\n`;
  return Buffer.concat([...parts, Buffer.from(table + trailer)]);
}
