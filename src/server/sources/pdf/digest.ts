import { createHash } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { open, realpath, type FileHandle } from 'node:fs/promises';
import { sep } from 'node:path';
import type { PdfFile } from './file.ts';
import { at, momentOf, type Sighting } from './walk.ts';
import { bytesOf, pathKey, type Spelling } from './spelling.ts';
import { codeOf } from '../shared/folder.ts';

/** What reading a file came to. `changing`: it was another one at the end than at the beginning. */
export type Digest = { is: 'read'; sha256: string } | { is: 'changing' } | { is: 'refused'; why: Refusal };
type Refusal = NonNullable<PdfFile['trouble']>;

/**
 * The file, opened where it really is: neither its own name nor a folder on the way may be a link that leads out. A pipe
 * under its name does not hold us up.
 */
export async function openPdf(
  root: string,
  spelling: Spelling,
): Promise<{ handle: FileHandle; found: Stats } | { refused: Refusal }> {
  const home = await realpath(root);
  const path = at(home, bytesOf(spelling));
  const folder = await realpath(path.subarray(0, path.lastIndexOf(sep)), 'buffer');
  if (!isInside(home, folder)) return { refused: 'outside' };
  try {
    const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const found = await handle.stat();
    if (found.isFile()) return { handle, found };
    await handle.close();
    return { refused: 'no-file' };
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EACCES' || code === 'EPERM') return { refused: 'unreadable' };
    if (code === 'ELOOP' || code === 'ENXIO') return { refused: code === 'ELOOP' ? 'outside' : 'no-file' };
    throw error;
  }
}

const isInside = (home: string, folder: Buffer): boolean => {
  const text = folder.toString('latin1');
  const own = Buffer.from(home).toString('latin1');
  return text === own || text.startsWith(own + sep);
};

/** Reads each file once, as long as its size and its time stay. A sector that is broken makes its own file unreadable only. */
export function createDigests(root: string) {
  const known = new Map<string, { stamp: string; sha256: string }>();

  async function read(sighting: Sighting, signal: AbortSignal): Promise<Digest> {
    const opened = await openPdf(root, sighting);
    if ('refused' in opened) return { is: 'refused', why: opened.refused };
    const { handle, found } = opened;
    try {
      const hash = createHash('sha256');
      for await (const chunk of handle.createReadStream({ autoClose: false, signal }))
        hash.update(chunk as Buffer);
      const after = await handle.stat();
      const isSame = after.size === found.size && after.mtimeMs === found.mtimeMs;
      const isListed = found.size === sighting.sizeBytes && momentOf(found.mtime) === sighting.modifiedAt;
      return isSame && isListed ? { is: 'read', sha256: hash.digest('hex') } : { is: 'changing' };
    } finally {
      await handle.close();
    }
  }

  return async (sighting: Sighting, signal: AbortSignal): Promise<Digest> => {
    const stamp = `${sighting.sizeBytes} ${sighting.modifiedAt}`;
    const before = known.get(pathKey(sighting));
    if (before?.stamp === stamp) return { is: 'read', sha256: before.sha256 };
    const digest = await read(sighting, signal).catch((error: unknown): Digest => {
      const code = codeOf(error);
      if (signal.aborted || code === null) throw error;
      return code === 'ENOENT' ? { is: 'changing' } : { is: 'refused', why: 'unreadable' };
    });
    if (digest.is === 'read') known.set(pathKey(sighting), { stamp, sha256: digest.sha256 });
    return digest;
  };
}
