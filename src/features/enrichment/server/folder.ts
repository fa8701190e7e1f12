import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sha256 } from '#core/ids.ts';
import type { DocumentPicture } from '#features/archive/core/media.ts';
import type { ThumbnailWidth } from '../core/derivative.ts';

type LookFile = `${ThumbnailWidth}.webp` | 'poster.webp';
/** A picture of a document, and how it stands in a row of them. */
export type DocumentPictureFile =
  `picture-${string}.${DocumentPicture['format']}` | `picture-${string}-small.webp`;
export type DerivedFile = LookFile | DocumentPictureFile;

/** Jobs of their own make them, each in its time. */
type Sort = 'look' | 'pictures';
const sortOf = (name: string): Sort => (/^\.?picture-/.test(name) ? 'pictures' : 'look');

/** Files made out of media files, beside them on the same disk: `derived/ab/cd/<sha>/300.webp`. */
export type DerivedFolder = ReturnType<typeof createDerivedFolder>;

export function createDerivedFolder(root: string) {
  const folderOf = (sha: Sha256) => join(root, sha.slice(0, 2), sha.slice(2, 4), sha);
  return {
    path: (sha: Sha256, name: DerivedFile) => join(folderOf(sha), name),

    /** Whole or not at all: a page may ask while it is written. */
    async write(sha: Sha256, name: DerivedFile, bytes: Uint8Array): Promise<void> {
      const folder = folderOf(sha);
      await mkdir(folder, { recursive: true });
      const draft = join(folder, `.${name}-${randomUUID()}`);
      await writeFile(draft, bytes);
      await rename(draft, join(folder, name));
    },

    /** Of what is of this sort: a version before made others, or a job that was killed. */
    async keepOnly(sha: Sha256, sort: Sort, names: readonly DerivedFile[]): Promise<void> {
      const kept = new Set<string>(names);
      const found = await readdir(folderOf(sha)).catch(() => []);
      for (const name of found)
        if (sortOf(name) === sort && !kept.has(name)) await rm(join(folderOf(sha), name), { force: true });
    },

    remove: (sha: Sha256) => rm(folderOf(sha), { recursive: true, force: true }),
  };
}
