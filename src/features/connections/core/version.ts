import { err, ok, type Result } from '#core/result.ts';
import type { ProbeProblem, ServiceKind } from './connection.ts';

type TooOld = Extract<ProbeProblem, { code: 'probe.version-too-old' }>;

/**
 * Radarr 5 and Sonarr 4 are the oldest whose calls we know; Jellyfin 10.9 is the first where a key may do all we do, and
 * Emby 4.8 the first whose lists we know.
 */
const OLDEST: Readonly<Record<ServiceKind, readonly [number, number]>> = {
  radarr: [5, 0],
  sonarr: [4, 0],
  jellyfin: [10, 9],
  emby: [4, 8],
  seerr: [1, 0],
};

/** A version that is not made of numbers (`develop-…`) is a build of today and passes. */
export function checkVersion(kind: ServiceKind, found: string): Result<void, TooOld> {
  const match = /^v?(\d+)(?:\.(\d+))?/.exec(found);
  if (!match) return ok(undefined);
  const [major, minor] = [Number(match[1]), Number(match[2] ?? 0)];
  const [needsMajor, needsMinor] = OLDEST[kind];
  if (major > needsMajor || (major === needsMajor && minor >= needsMinor)) return ok(undefined);
  return err({ code: 'probe.version-too-old', found, needs: `${needsMajor}.${needsMinor}` });
}
