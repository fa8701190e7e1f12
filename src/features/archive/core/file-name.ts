/** Most file systems end at 255 bytes; what a person is offered stays well below, with room for ` (2)`. */
const MOST_BYTES = 200;
const MOST_EXTENSION_CHARACTERS = 12;

/** What no name may hold on Windows, which the archive may be copied to. */
const FORBIDDEN = /[<>:"|?*]/g;
/** Controls, line separators, what turns the reading direction (so that `exe.pdf` may be `fdp.exe`), and what is not seen. */
const UNSEEN =
  /[\p{Cc}\p{Zl}\p{Zp}\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffc\ufffe\uffff]/gu;
const RESERVED = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i;

/**
 * A name for a file out of whatever somebody called it: one part of a path, readable, and the same on every system. Files
 * of the archive lie under their hash; this is the name that people are shown and offered.
 */
export function safeFileName(given: string | null, fallback: string): string {
  const last = (given ?? '').toWellFormed().split(/[/\\]/).at(-1) ?? '';
  const clean = last
    .normalize('NFC')
    .replaceAll(UNSEEN, '')
    .replaceAll(FORBIDDEN, '_')
    .replaceAll(/\s+/g, ' ')
    .replace(/^[\s.]+/, '')
    .replace(/[\s.]+$/, '');
  if (clean === '' || clean === '\ufffd') return fallback;
  return shorten(RESERVED.test(clean) ? `_${clean}` : clean);
}

/** From the middle: the end tells what it is. Never within a character, nor within one that is made of several. */
function shorten(name: string): string {
  if (bytesOf(name) <= MOST_BYTES) return name;
  const dot = name.lastIndexOf('.');
  const isExtension = dot > 0 && name.length - dot <= MOST_EXTENSION_CHARACTERS;
  const extension = isExtension ? name.slice(dot) : '';
  const room = MOST_BYTES - bytesOf(extension) - 3;
  let kept = '';
  let used = 0;
  for (const character of isExtension ? name.slice(0, dot) : name) {
    used += bytesOf(character);
    if (used > room) break;
    kept += character;
  }
  return `${kept.replace(/[\s.\u200d\ufe0f]+$/, '')}…${extension}`;
}

/** In UTF-8. */
function bytesOf(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
