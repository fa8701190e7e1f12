import { known, unknown, type Fact } from '#core/fact.ts';
import { ok, type Result } from '#core/result.ts';
import type { RecycleBin } from '#features/cleanup/core/removal/title-settings.ts';
import type { CallFailure } from '../failures.ts';
import { withoutEndSlash } from './mapping.ts';
import { mediaManagement } from './schemas.ts';
import type { Servarr } from './session.ts';

/** Seven days unless somebody set it otherwise, in both programs. */
const USUAL_DAYS = 7;

/** A page waits for this answer, so it gets one short chance. */
const PATIENCE = { timeoutMs: 5_000, retries: 0 };

export async function readRecycleBin(servarr: Servarr): Promise<Result<RecycleBin | null, CallFailure>> {
  const who = await servarr.identify(PATIENCE);
  if (!who.ok) return who;
  const read = await servarr.client.json({ ...PATIENCE, path: 'config/mediamanagement' }, mediaManagement);
  if (!read.ok) return read;
  const { recycleBin, recycleBinCleanupDays } = read.value;
  if (!recycleBin) return ok(null);
  return ok({ path: withoutEndSlash(recycleBin), cleanupDays: recycleBinCleanupDays ?? USUAL_DAYS });
}

/** That it could not be asked holds up no removal: it changes where the files go, not whether they may. */
export async function recycleBinFact(servarr: Servarr): Promise<Fact<RecycleBin | null>> {
  const bin = await readRecycleBin(servarr);
  return bin.ok ? known(bin.value) : unknown('recycle-bin-not-read');
}
