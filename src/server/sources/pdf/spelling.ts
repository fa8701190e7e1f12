import { isUtf8 } from 'node:buffer';

/** A path below the folder. A disk keeps bytes: those of old programs are no UTF-8, and no text leads back to them. */
export type Spelling = { path: string; bytes: string | null };

export const spellingOf = (bytes: Buffer): Spelling =>
  isUtf8(bytes)
    ? { path: bytes.toString('utf8'), bytes: null }
    : { path: bytes.toString('latin1'), bytes: bytes.toString('base64') };

export const bytesOf = ({ path, bytes }: Spelling): Buffer =>
  bytes === null ? Buffer.from(path, 'utf8') : Buffer.from(bytes, 'base64');

/** One for each path, also for two that would be written alike. */
export const pathKey = ({ path, bytes }: Spelling): string => (bytes === null ? path : `bytes ${bytes}`);
