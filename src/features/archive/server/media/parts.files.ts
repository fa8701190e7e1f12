import { join } from 'node:path';
import { z } from 'zod';
import { isNotThere, makeFolder, type Disk } from './disk.ts';
import type { Parts } from './ports.ts';

const noteSchema = z.object({ validator: z.string() });

/** In the store's own folder, because a rename cannot leave its file system. */
export const incomingFolder = (root: string): string => join(root, 'incoming');
export const partPath = (root: string, key: string): string =>
  join(incomingFolder(root), `${nameOf(key)}.part`);
const notePath = (root: string, key: string): string => join(incomingFolder(root), `${nameOf(key)}.json`);
const workPath = (root: string, key: string): string => join(incomingFolder(root), `${nameOf(key)}.work`);

/** Ids are letters, digits and dashes; whatever else comes must not lead out of the folder. */
function nameOf(key: string): string {
  if (!/^[\w-]{1,100}$/.test(key)) throw new Error('A part needs an id as its key');
  return key;
}

/** Written before the first byte: without it the bytes belong to nobody and are begun anew. */
export async function writeNote(
  disk: Disk,
  root: string,
  key: string,
  validator: string | null,
): Promise<void> {
  if (validator === null) return;
  await disk.writeFile(notePath(root, key), JSON.stringify({ validator }), { flush: true });
}

/** The note first: bytes without one are never gone on with. */
export async function dropBytes(disk: Disk, root: string, key: string): Promise<void> {
  await disk.rm(notePath(root, key), { force: true });
  await disk.rm(partPath(root, key), { force: true });
}

export function createParts({ root, disk }: { root: string; disk: Disk }): Parts {
  const folder = incomingFolder(root);

  async function forget(key: string): Promise<void> {
    await dropBytes(disk, root, key);
    await disk.rm(workPath(root, key), { force: true, recursive: true });
  }

  return {
    async find(key) {
      try {
        const note = noteSchema.parse(JSON.parse(await disk.readFile(notePath(root, key), 'utf8')));
        const { size } = await disk.stat(partPath(root, key));
        return { bytes: size, validator: size === 0 ? null : note.validator };
      } catch (problem) {
        const isNothing =
          isNotThere(problem) || problem instanceof SyntaxError || problem instanceof z.ZodError;
        if (!isNothing) throw problem;
        return { bytes: 0, validator: null };
      }
    },

    forget,

    async withWorkFolder(key, work) {
      const path = workPath(root, key);
      const remove = () => disk.rm(path, { force: true, recursive: true });
      await remove();
      await makeFolder(disk, folder);
      await disk.mkdir(path);
      try {
        return await work(path);
      } finally {
        await remove();
      }
    },

    async clean(before) {
      const keys = new Map<string, number>();
      for (const name of await disk.readdir(folder).catch(() => [])) {
        const key = name.replace(/\.(part|json|work)$/, '');
        const { mtimeMs } = await disk.stat(join(folder, name)).catch(() => ({ mtimeMs: Infinity }));
        keys.set(key, Math.max(mtimeMs, keys.get(key) ?? 0));
      }
      const old = [...keys].filter(([key, at]) => /^[\w-]+$/.test(key) && at < before.getTime());
      for (const [key] of old) await forget(key);
      return old.length;
    },
  };
}
