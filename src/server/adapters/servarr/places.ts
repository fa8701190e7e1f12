import { z } from 'zod';
import { err, ok, type Result } from '#core/result.ts';
import type { RestorePlaces } from '#features/cleanup/core/restore/restore-now.ts';
import type { CallFailure } from '../failures.ts';
import { readQualityProfiles } from './labels.ts';
import { withoutEndSlash } from './mapping.ts';
import { rootFolder } from './schemas.ts';
import type { Servarr } from './session.ts';

/** Where a title can be added, and with which quality profiles. */
export async function readPlaces(servarr: Servarr): Promise<Result<RestorePlaces, CallFailure>> {
  const [folders, profiles] = await Promise.all([
    servarr.json({ path: 'rootfolder' }, z.array(rootFolder)),
    readQualityProfiles(servarr),
  ]);
  if (!folders.ok) return folders;
  if (!profiles.ok) return profiles;
  return ok({
    rootFolders: folders.value.map(({ path, accessible }) => ({
      path: withoutEndSlash(path),
      accessible: accessible ?? true,
    })),
    qualityProfiles: [...profiles.value.values()],
  });
}

/** By its name: after a reinstall the number is another one, or another profile's. */
export async function profileNumber(servarr: Servarr, name: string): Promise<Result<number, CallFailure>> {
  const profiles = await readQualityProfiles(servarr);
  if (!profiles.ok) return profiles;
  const [found] = [...profiles.value].find((profile) => profile[1] === name) ?? [];
  return found === undefined ? err({ code: 'call.wrong-identity', what: 'quality profile' }) : ok(found);
}
