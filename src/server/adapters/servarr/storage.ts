import { z } from 'zod';
import { err, ok, type Result } from '#core/result.ts';
import type { ReadProblem } from '#features/library/core/source.ts';
import type { Storage } from '#features/library/server/ports.ts';
import { toReadProblem } from '../failures.ts';
import { diskSpace, rootFolder } from './schemas.ts';
import type { Servarr } from './session.ts';

/**
 * Disks are mount points and root folders have no total, so both lists are given (T-13). Space that was not told is
 * null, never zero.
 */
export async function readStorage(servarr: Servarr): Promise<Result<Storage, ReadProblem>> {
  const [folders, disks] = await Promise.all([
    servarr.json({ path: 'rootfolder' }, z.array(rootFolder)),
    servarr.json({ path: 'diskspace' }, z.array(diskSpace)),
  ]);
  if (!folders.ok) return err(toReadProblem(folders.error, 'root folders'));
  if (!disks.ok) return err(toReadProblem(disks.error, 'disks'));
  return ok({
    disks: disks.value.map(({ path, freeSpace, totalSpace }) => ({
      path,
      freeBytes: freeSpace ?? null,
      totalBytes: totalSpace ?? null,
    })),
    rootFolders: folders.value.map(({ path, accessible, freeSpace }) => ({
      path,
      // Left out means that it was not checked; only a plain no makes a folder missing.
      accessible: accessible ?? true,
      freeBytes: freeSpace ?? null,
    })),
  });
}
