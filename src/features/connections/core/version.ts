import { err, ok, type Result } from '#core/result.ts';
import type { ProbeProblem, ServiceKind } from './connection.ts';

type TooOld = Extract<ProbeProblem, { code: 'probe.version-too-old' }>;

/**
 * Radarr 5 and Sonarr 4 are the oldest whose calls we know; Jellyfin 10.9 is the first where a key may do all we do, and
 * Emby 4.8 the first whose lists we know. qBittorrent 4.1 is the first with this Web API, and Transmission 2.40 the first
 * that tells for how long it seeded. Jellystat 1 is the first with keys, Streamystats 2 the first that takes Jellyfin's, and
 * Tautulli 2 the first with this API.
 */
const OLDEST: Readonly<Record<ServiceKind, readonly [number, number]>> = {
  radarr: [5, 0],
  sonarr: [4, 0],
  jellyfin: [10, 9],
  emby: [4, 8],
  seerr: [1, 0],
  jellystat: [1, 0],
  streamystats: [2, 0],
  tautulli: [2, 0],
  qbittorrent: [4, 1],
  transmission: [2, 40],
  deluge: [1, 3],
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
