import { readFile, stat } from 'node:fs/promises';
import { err, ok } from '#core/result.ts';
import { readCaptions } from '../core/captions.ts';
import type { MediaText } from '../core/text.ts';
import type { ToolOutcome } from './tool.ts';

/** Of a whole day of talk are 2 MB. */
const MOST_BYTES = 4 * 1024 * 1024;

/** `language` is what its post says; a file may name its own. */
export async function readCaptionFile(
  path: string,
  language: string | null,
): Promise<ToolOutcome<MediaText>> {
  const { size } = await stat(path);
  if (size > MOST_BYTES) return err({ code: 'derivative.too-large' });
  const read = readCaptions(textOf(await readFile(path)));
  if (!read) return err({ code: 'derivative.not-readable', reason: 'there are no captions in it' });
  return ok({ kind: 'captions', language: language ?? read.language, segments: read.segments });
}

/** Old SubRip files are in the letters of Windows, and say so nowhere. */
function textOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
