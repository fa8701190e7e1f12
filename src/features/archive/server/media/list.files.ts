import { join } from 'node:path';
import type { Sha256 } from '#core/ids.ts';
import { isNotThere, type Disk } from './disk.ts';

/** Two levels of folders below `folder`; names that are no hashes are not ours. */
export async function* listFiles(
  disk: Disk,
  folder: string,
): AsyncGenerator<{ sha256: Sha256; sizeBytes: number; placedAt: Date }> {
  for (const first of await namesIn(disk, folder, /^[0-9a-f]{2}$/)) {
    for (const second of await namesIn(disk, join(folder, first), /^[0-9a-f]{2}$/)) {
      for (const name of await namesIn(disk, join(folder, first, second), /^[0-9a-f]{64}$/)) {
        const found = await disk.stat(join(folder, first, second, name)).catch(() => null);
        if (found) yield { sha256: name as Sha256, sizeBytes: found.size, placedAt: found.mtime };
      }
    }
  }
}

async function namesIn(disk: Disk, folder: string, wanted: RegExp): Promise<string[]> {
  try {
    return (await disk.readdir(folder)).filter((name) => wanted.test(name));
  } catch (problem) {
    if (isNotThere(problem)) return [];
    throw problem;
  }
}
