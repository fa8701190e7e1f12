import type { SyncProblem } from './source.ts';

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
