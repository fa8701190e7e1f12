import type { ItemId } from '#core/ids.ts';
import { seasonId } from './item.ts';

export type RequestedTitle = {
  id: ItemId;
  kind: 'film' | 'show';
  externalId: number;
  tmdb: number | null;
  tvdb: number | null;
};

export type Request = {
  kind: 'film' | 'show';
  tmdb: number | null;
  tvdb: number | null;
  serviceExternalId: number | null;
  seasons: readonly number[];
};

/**
 * Finds the items of a request: by media type and provider id, never by number alone, because Radarr and Sonarr give
 * the same numbers (J-95, T-40). Where two services hold the title, the number the request server noted tells which.
 */
export function requestIndex(titles: readonly RequestedTitle[]): (request: Request) => ItemId[] {
  const byId = new Map<string, RequestedTitle[]>();
  for (const title of titles) {
    for (const key of keysOf(title)) byId.set(key, [...(byId.get(key) ?? []), title]);
  }
  return (request) => {
    const candidates = [...new Set(keysOf(request).flatMap((key) => byId.get(key) ?? []))];
    const exact = candidates.filter((title) => title.externalId === request.serviceExternalId);
    return (exact.length > 0 ? exact : candidates).flatMap((title) => itemsOf(title, request.seasons));
  };
}

const itemsOf = (title: RequestedTitle, seasons: readonly number[]): ItemId[] => [
  title.id,
  ...(title.kind === 'show' ? seasons.map((number) => seasonId(title.id, number)) : []),
];

/** The number of TheTVDB names shows only; one of TMDB names a film and, apart from it, a show. */
const keysOf = ({ kind, tmdb, tvdb }: Pick<Request, 'kind' | 'tmdb' | 'tvdb'>): string[] => [
  ...(tmdb === null ? [] : [`${kind} tmdb ${tmdb}`]),
  ...(tvdb === null || kind === 'film' ? [] : [`show tvdb ${tvdb}`]),
];
