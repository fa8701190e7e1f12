import { deflateSync } from 'node:zlib';
import { escapeHtml } from '../document.ts';
import type { Made } from './made.ts';
import { drawPicture } from './pictures.ts';
import type { Pdf, Picture } from './recipes.ts';

const WIDTH = 595;
const HEIGHT = 842;
const LINE = 84;
const LINES_PER_PAGE = 24;

type Image = { head: string; bytes: Buffer };
type Page = { content: Buffer; image?: Image };

/** A small PDF of several pages: text that can be searched with pictures below it, and at its end pages that are only pictures of text. */
export async function writePdf(recipe: Pdf): Promise<Made> {
  const lines = linesOf(recipe);
  const pages = await Promise.all(
    linesOfPages(recipe).map((own, index) => illustrated(own, recipe.pictures[index])),
  );
  for (let scan = 0; scan < recipe.scannedPages; scan += 1)
    pages.push(await scannedPage(lines.slice(scan * 5, scan * 5 + 26)));
  return { files: { file: assemble(pages, recipe.title) } };
}

/** A PDF of nothing but pictures of text, with these lines on its pages. */
export async function writeScan(title: string, pages: readonly (readonly string[])[]): Promise<Buffer> {
  return assemble(await Promise.all(pages.map(scannedPage)), title);
}

const linesOf = ({ paragraphs }: Pdf): string[] =>
  paragraphs.flatMap((paragraph) => [...wrap(paragraph), '']);

/** What stands on each page that is text. */
export function linesOfPages(recipe: Pdf): string[][] {
  const lines = linesOf(recipe);
  const pages = [['', '', recipe.title, '', ...lines.slice(0, 3)]];
  for (let at = 0; at < lines.length; at += LINES_PER_PAGE) pages.push(lines.slice(at, at + LINES_PER_PAGE));
  return pages;
}

function wrap(paragraph: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of paragraph.split(' ')) {
    if (line.length + word.length >= LINE) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

const PLATE_HEIGHT = 190;

/** A picture stands below the text, in the middle. */
async function illustrated(lines: readonly string[], picture: Picture | undefined): Promise<Page> {
  const text = textPage(lines);
  if (!picture) return { content: text };
  const { files } = await drawPicture(picture);
  const width = Math.round((PLATE_HEIGHT * picture.width) / picture.height);
  const place = `q ${String(width)} 0 0 ${String(PLATE_HEIGHT)} ${String(Math.round((WIDTH - width) / 2))} 60 cm /I1 Do Q\n`;
  return {
    content: Buffer.concat([Buffer.from(place), text]),
    image: await imageOf(picture, files['file'] ?? Buffer.alloc(0)),
  };
}

/** A JPEG lies in a PDF as it is; of every other sort only its samples do. */
async function imageOf({ width, height, format }: Picture, file: Buffer): Promise<Image> {
  const size = `/Width ${String(width)} /Height ${String(height)} /ColorSpace /DeviceRGB /BitsPerComponent 8`;
  if (format === 'jpeg') return { head: `${size} /Filter /DCTDecode`, bytes: file };
  const { default: sharp } = await import('sharp');
  const samples = await sharp(file).removeAlpha().toColourspace('srgb').raw().toBuffer();
  return { head: `${size} /Filter /FlateDecode`, bytes: deflateSync(samples) };
}

function textPage(lines: readonly string[]): Buffer {
  const shown = lines.map((line) => Buffer.concat([Buffer.from('('), winAnsi(line), Buffer.from(") '\n")]));
  return Buffer.concat([Buffer.from('BT /F1 12 Tf 20 TL 62 780 Td\n'), ...shown, Buffer.from('ET')]);
}

/** The letters of western Europe and the marks that the material uses; brackets and the slash have to be escaped. */
const marks: Record<string, number> = {
  '“': 0x93,
  '”': 0x94,
  '’': 0x92,
  '‘': 0x91,
  '–': 0x96,
  '—': 0x97,
  '…': 0x85,
  '€': 0x80,
};

function winAnsi(line: string): Buffer {
  const codes = Array.from(
    line.replace(/[\\()]/g, '\\$&'),
    (letter) => marks[letter] ?? (letter.charCodeAt(0) < 256 ? letter.charCodeAt(0) : 63),
  );
  return Buffer.from(codes);
}

const SCAN_WIDTH = 620;
const SCAN_HEIGHT = 877;

/** Text as a scanner sees it: a little crooked, grey, and nothing that can be selected. */
async function scannedPage(lines: readonly string[]): Promise<Page> {
  const { default: sharp } = await import('sharp');
  const written = lines.map(
    (line, index) => `<text x="60" y="${String(96 + index * 28)}">${escapeHtml(line)}</text>`,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${String(SCAN_WIDTH)}" height="${String(SCAN_HEIGHT)}"><rect width="100%" height="100%" fill="#eceae4"/><g transform="rotate(0.6)" font-family="serif" font-size="12" fill="#333">${written.join('')}</g></svg>`;
  const image = await sharp(Buffer.from(svg)).flatten().toColourspace('b-w').jpeg({ quality: 70 }).toBuffer();
  const head = `/Width ${String(SCAN_WIDTH)} /Height ${String(SCAN_HEIGHT)} /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode`;
  return {
    content: Buffer.from(`q ${String(WIDTH)} 0 0 ${String(HEIGHT)} 0 0 cm /I1 Do Q`),
    image: { head, bytes: image },
  };
}

/** Objects 1 to 4 are the catalogue, the list of pages, the font and the title; each page has two more, or three. */
function assemble(pages: readonly Page[], title: string): Buffer {
  const objects: Buffer[] = [];
  const add = (...parts: (string | Buffer)[]): number =>
    objects.push(Buffer.concat(parts.map((part) => Buffer.from(part))));
  const stream = (head: string, body: Buffer): number =>
    add(`<< ${head} /Length ${String(body.length)} >>\nstream\n`, body, '\nendstream');
  add('<< /Type /Catalog /Pages 2 0 R >>');
  objects.push(Buffer.alloc(0));
  add('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>');
  add('<< /Title (', winAnsi(title), ') /Producer (seed) >>');
  const kids = pages.map(({ content, image }) => {
    const body = stream('', content);
    const picture = image && stream(`/Type /XObject /Subtype /Image ${image.head}`, image.bytes);
    const resources = `/Font << /F1 3 0 R >>${picture ? ` /XObject << /I1 ${String(picture)} 0 R >>` : ''}`;
    return add(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${String(WIDTH)} ${String(HEIGHT)}] /Resources << ${resources} >> /Contents ${String(body)} 0 R >>`,
    );
  });
  objects[1] = Buffer.from(
    `<< /Type /Pages /Count ${String(kids.length)} /Kids [${kids.map((kid) => `${String(kid)} 0 R`).join(' ')}] >>`,
  );
  return serialise(objects);
}

function serialise(objects: readonly Buffer[]): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.4\n%\xe2\xe3\xcf\xd3\n', 'latin1')];
  let at = parts[0]?.length ?? 0;
  const places = objects.map((body, index) => {
    const whole = Buffer.concat([
      Buffer.from(`${String(index + 1)} 0 obj\n`),
      body,
      Buffer.from('\nendobj\n'),
    ]);
    const place = at;
    parts.push(whole);
    at += whole.length;
    return `${String(place).padStart(10, '0')} 00000 n \n`;
  });
  const size = String(objects.length + 1);
  parts.push(
    Buffer.from(`xref\n0 ${size}\n0000000000 65535 f \n${places.join('')}`),
    Buffer.from(`trailer\n<< /Size ${size} /Root 1 0 R /Info 4 0 R >>\nstartxref\n${String(at)}\n%%EOF\n`),
  );
  return Buffer.concat(parts);
}
