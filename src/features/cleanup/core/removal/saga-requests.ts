import type { Removal } from './removal.ts';
import type { TitleNow, TitleRequest } from './title-now.ts';

/** Our side of the question which Radarr or Sonarr a request went to. */
export type OurServer = { url: string; ofThisKind: number };

/**
 * The requests that have nothing left to stand for. Asked only when the files are proven gone; for a season only
 * requests of which every season is gone, never a whole request for one season or an episode of it (J-96 FIX, T-40).
 */
export function requestsToRemove(
  removal: Pick<Removal, 'kind' | 'externalId'>,
  title: TitleNow | null,
  requests: readonly TitleRequest[],
  ours: OurServer,
): number[] {
  return requests
    .filter((request) => wentToUs(removal.externalId, request, ours))
    .filter((request) => title === null || allSeasonsGone(request, title))
    .map((request) => request.externalId);
}

/**
 * J-95 and T-42: the same film can stand in an HD and in a 4K Radarr. What the request server tells decides: another
 * number means another copy. Addresses may differ for one and the same server (a container name here, an IP there), so
 * a different address speaks against us only where there is something to mistake it for.
 */
function wentToUs(externalId: number, request: TitleRequest, ours: OurServer): boolean {
  if (request.serverExternalId !== null && request.serverExternalId !== externalId) return false;
  if (request.serverUrl !== null && isSameAddress(request.serverUrl, ours.url)) return true;
  const mistakable = request.is4k || ours.ofThisKind > 1;
  return !mistakable;
}

const isSameAddress = (one: string, other: string): boolean => plain(one) === plain(other);

const plain = (url: string): string =>
  url
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/\/+$/, '');

/** Without files and not wanted any more. A season that is still to be downloaded has no files either. */
function allSeasonsGone(request: TitleRequest, title: TitleNow): boolean {
  return request.seasons.length > 0 && request.seasons.every((number) => isSeasonGone(number, title));
}

const isSeasonGone = (number: number, title: TitleNow): boolean =>
  title.seasons.some((season) => season.number === number && !season.monitored) &&
  title.files.every((file) => file.seasonNumber !== number);
