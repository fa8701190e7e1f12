import type { MediaKind } from './media.ts';

/** What nobody knows by its bytes. */
export const UNKNOWN_TYPE = 'application/octet-stream';

/** Names under which browsers know what the detector calls otherwise. */
const USUAL_NAMES: Readonly<Record<string, string>> = {
  'video/matroska': 'video/x-matroska',
  'video/vnd.avi': 'video/x-msvideo',
  'audio/x-m4a': 'audio/mp4',
  'video/x-m4v': 'video/mp4',
  'image/apng': 'image/png',
  'application/ogg': 'audio/ogg',
};

/** Without parameters, and by the name that browsers use. */
export function usualType(mimeType: string): string {
  const bare = (mimeType.split(';', 1)[0] ?? '').trim().toLowerCase();
  return USUAL_NAMES[bare] ?? (bare || UNKNOWN_TYPE);
}

/** An SVG is a document that can run scripts, so it is a file and not a picture. */
export function kindOfType(mimeType: string): MediaKind {
  const [family] = mimeType.split('/', 1);
  if (mimeType.startsWith('image/svg')) return 'file';
  return family === 'image' || family === 'audio' || family === 'video' ? family : 'file';
}

/** Types that a browser shows or plays and never runs. Everything else is handed over as a file. */
export const showsInline = (mimeType: string): boolean =>
  kindOfType(mimeType) !== 'file' || mimeType === 'application/pdf';

/** So much of the beginning is enough for `typeOfText`. */
export const TEXT_HEAD_BYTES = 8192;

/** The type of a file of text by its beginning; null when it is no text. */
export function typeOfText(head: Uint8Array): string | null {
  if (head.length === 0) return null;
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) return 'text/plain';
  if (head.some(isControl)) return null;
  const text = withoutPreamble(Array.from(head, (byte) => String.fromCharCode(byte)).join(''));
  return shapes.find(({ fits }) => fits(text))?.type ?? 'text/plain';
}

/** Tab, line feed, form feed, carriage return and escape are in texts; other control characters are not. */
const isControl = (byte: number): boolean => byte < 32 && ![9, 10, 12, 13, 27].includes(byte);

/** Without what may stand before the root of a document: byte order mark, prolog, doctype of an SVG, comments. */
const withoutPreamble = (text: string): string =>
  text.replace(/^(?:\u00ef\u00bb\u00bf)?(?:\s|<\?xml[^>]*>|<!--[^]*?-->|<!doctype svg[^>]*>)*/i, (found) =>
    /<\?xml/i.test(found) ? '<?xml' : '',
  );

const HTML =
  /^(<\?xml)?<(!doctype html|html|head|body|script|iframe|style|title|meta|link|table|div|font|h1|img|br|p|b|a)[\s/>]/i;

const shapes: readonly { type: string; fits: (text: string) => boolean }[] = [
  { type: 'image/svg+xml', fits: (text) => /^(<\?xml)?<(\w+:)?svg[\s/>]/i.test(text) },
  { type: 'text/html', fits: (text) => HTML.test(text) },
  { type: 'application/xml', fits: (text) => text.startsWith('<?xml') },
  { type: 'text/vtt', fits: (text) => /^WEBVTT\s/.test(text) },
  {
    type: 'application/x-subrip',
    fits: (text) => /^\d+\r?\n\d{1,2}:\d\d:\d\d,\d{3} --> /.test(text),
  },
  { type: 'application/vnd.apple.mpegurl', fits: (text) => /^#EXTM3U\s/.test(text) },
  { type: 'application/json', fits: (text) => /^(\{\s*["}]|\[\s*["{[\]\d-])/.test(text) },
  { type: 'text/csv', fits: isCsv },
];

/** Some lines that all have the same number of the same separator, outside quotes. */
function isCsv(text: string): boolean {
  const lines = text.split(/\r?\n/).slice(0, 6);
  const whole = lines.slice(0, -1).map((line) => line.replaceAll(/"[^"]*"/g, ''));
  if (whole.length < 2) return false;
  return [',', ';', '\t'].some((separator) => {
    const counts = whole.map((line) => line.split(separator).length - 1);
    return counts[0] !== 0 && counts.every((count) => count === counts[0]);
  });
}
