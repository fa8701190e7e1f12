import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sha256 } from '#core/ids.ts';
import type { ThumbnailWidth } from '../core/derivative.ts';

export type DerivedFile = `${ThumbnailWidth}.webp` | 'poster.webp';

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
      const draft = join(folder, `.${randomUUID()}`);
      await writeFile(draft, bytes);
      await rename(draft, join(folder, name));
    },

    /** What a version before made and this one does not. */
    async keepOnly(sha: Sha256, names: readonly DerivedFile[]): Promise<void> {
      const found = await readdir(folderOf(sha)).catch(() => []);
      for (const name of found)
        if (!(names as readonly string[]).includes(name))
          await rm(join(folderOf(sha), name), { force: true });
    },

    remove: (sha: Sha256) => rm(folderOf(sha), { recursive: true, force: true }),
  };
}
