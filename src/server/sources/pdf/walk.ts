import type { Dirent } from 'node:fs';
import { lstat, readdir, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { codeOf } from '../shared/folder.ts';
import type { PdfFile } from './file.ts';
import { spellingOf, type Spelling } from './spelling.ts';

/** A PDF as a walk meets it. */
export type Sighting = Spelling & {
  creator: string;
  sizeBytes: number;
  modifiedAt: string;
  trouble: PdfFile['trouble'];
  /** Of its entry: whoever may read it is part of that. */
  changedMs: number;
  /** Somebody may still be writing it. */
  isFresh: boolean;
};

export type Walked = {
  sightings: readonly Sighting[];
  /** Creators in whose folder something could not be looked at, and why: nothing of theirs may count as gone. */
  unread: ReadonlyMap<string, string>;
};

export type Layout = {
  root: string;
  /** All belong to this one; null makes a creator of each folder in the root. */
  creator: string | null;
};

/** The creator of what lies in the root itself, or of everything. */
export const OWN = '.';

/**
 * A file that nobody has touched for so long is written to its end. The time is that of the change of its entry, which
 * copying programs cannot set back.
 */
const QUIET_MS = 10_000;

/** Bins, snapshots and thumbnails of NAS systems. */
const KEPT_OUT = [
  '@eaDir',
  '#recycle',
  '#snapshot',
  '$RECYCLE.BIN',
  'System Volume Information',
  'lost+found',
];

const isHidden = (name: string): boolean =>
  name.startsWith('.') || KEPT_OUT.includes(name) || name === '__MACOSX';

/** Everything below the root that is called a PDF. Links to folders are not followed: they may lead in circles, or out. */
export async function walk(
  { root, creator: named }: Layout,
  now: Date,
  signal: AbortSignal,
): Promise<Walked> {
  const home = await realpath(root);
  const sightings: Sighting[] = [];
  const unread = new Map<string, string>();

  async function look(path: Buffer, entry: Dirent<Buffer>, creator: string): Promise<void> {
    const found = await sight(home, path, entry, now);
    if (found) sightings.push({ ...found, creator });
  }

  async function inside(folder: Buffer, creator: string): Promise<void> {
    signal.throwIfAborted();
    for (const entry of await readdir(at(home, folder), { withFileTypes: true, encoding: 'buffer' })) {
      const name = spellingOf(entry.name).path;
      if (isHidden(name)) continue;
      const path = folder.length > 0 ? Buffer.concat([folder, Buffer.from(sep), entry.name]) : entry.name;
      const of =
        folder.length === 0 && named === null && entry.isDirectory() ? folderId(entry.name) : creator;
      try {
        if (entry.isDirectory()) await inside(path, of);
        else if (/\.pdf$/i.test(name)) await look(path, entry, of);
      } catch (error) {
        signal.throwIfAborted();
        const code = codeOf(error);
        if (code === null) throw error;
        if (code !== 'ENOENT') unread.set(of, code); // what is gone between two looks is gone
      }
    }
  }

  await inside(Buffer.alloc(0), OWN);
  return { sightings, unread };
}

/** The id of a creator is the name of the folder. */
const folderId = (name: Buffer): string => {
  const { path, bytes } = spellingOf(name);
  return bytes === null ? path : `${path} (${bytes})`;
};

export const at = (home: string, path: Buffer): Buffer => Buffer.concat([Buffer.from(join(home, sep)), path]);

async function sight(
  home: string,
  path: Buffer,
  entry: Dirent<Buffer>,
  now: Date,
): Promise<Omit<Sighting, 'creator'> | null> {
  const whole = at(home, path);
  const { size, mtime, mtimeMs, ctimeMs } = await lstat(whole);
  const touchedMs = Math.max(mtimeMs, ctimeMs);
  const plain = {
    ...spellingOf(path),
    sizeBytes: size,
    modifiedAt: momentOf(mtime),
    trouble: null,
    changedMs: ctimeMs,
    // The clock of a NAS may go before ours: then the second look after hashing has to do.
    isFresh: Math.abs(now.getTime() - touchedMs) < QUIET_MS,
  };
  if (entry.isFile()) return plain;
  if (!entry.isSymbolicLink()) return { ...plain, trouble: 'no-file' };
  const target = await realpath(whole).catch(() => null);
  if (target === null) return { ...plain, trouble: 'no-file' };
  // What it leads to inside the folder is met under its own name.
  return target.startsWith(home + sep) ? null : { ...plain, trouble: 'outside' };
}

/** A disk may say any number; JSON and the database know four digits of a year. */
export function momentOf(date: Date): string {
  const year = date.getUTCFullYear(); // NaN where it is none
  return year >= 1 && year <= 9999 ? date.toISOString() : new Date(0).toISOString();
}
