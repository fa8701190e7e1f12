import { fileTypeFromFile } from 'file-type';
import { TEXT_HEAD_BYTES, typeOfText, UNKNOWN_TYPE, usualType } from '../../core/media-type.ts';
import type { Disk } from './disk.ts';

/** A document in a zip is found by its parts; a hostile one must not make us read for ever. */
const PATIENCE_MS = 5_000;
const MOST_BUFFER_BYTES = 16 * 1024 * 1024;

/** By its own bytes: names and headers are what somebody said. */
export async function typeOfFile(disk: Disk, path: string): Promise<string> {
  const found = await fileTypeFromFile(path, {
    signal: AbortSignal.timeout(PATIENCE_MS),
    maxBufferSize: MOST_BUFFER_BYTES,
  }).catch(() => undefined); // broken inside, so it is not what it begins like
  const type = usualType(found?.mime ?? UNKNOWN_TYPE);
  // The detector knows no texts, and calls every SVG and XHTML just XML.
  if (type !== UNKNOWN_TYPE && type !== 'application/xml') return type;
  return typeOfText(await headOf(disk, path)) ?? type;
}

async function headOf(disk: Disk, path: string): Promise<Uint8Array> {
  const handle = await disk.open(path, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(TEXT_HEAD_BYTES), 0, TEXT_HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
