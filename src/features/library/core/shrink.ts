import type { SyncProblem } from './source.ts';

/** A household of any size loses a few things in an evening; nobody need be asked about them. */
export const WORTH_MISSING = 10;

/**
 * The same question about things that have names: of those we knew, so many are still there. A list of the old length
 * with other things in it is another server, a new database over there, or a library that was built anew.
 */
export const checkSurvivors = (counts: Parameters<typeof checkShrink>[0]): SyncProblem | null =>
  counts.had - counts.has >= WORTH_MISSING ? checkShrink(counts) : null;

/** An answer that is empty or much shorter than last time is a failed sync, not a smaller library. */
export function checkShrink({
  had,
  has,
  allowedPercent = 20,
}: {
  had: number;
  has: number;
  allowedPercent?: number;
}): SyncProblem | null {
  if (had > 0 && has === 0) return { code: 'sync.empty', had };
  const lostPercent = ((had - has) / had) * 100;
  return had > 0 && lostPercent > allowedPercent ? { code: 'sync.shrunk', had, has, allowedPercent } : null;
}
