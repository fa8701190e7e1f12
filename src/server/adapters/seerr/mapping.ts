import type { TitleRequest } from '#features/cleanup/server/ports.ts';
import type { MediaRequest } from '#features/library/server/ports.ts';
import type { Person, Request, Server } from './schemas.ts';

const nameOf = (person: Person | null | undefined): string =>
  [person?.displayName, person?.username, person?.jellyfinUsername, person?.plexUsername, person?.email].find(
    Boolean,
  ) ?? '';

/** What the same person is called at the media server: only then can it be told whether they watched it. */
const mediaUserOf = (person: Person | null | undefined): string | null =>
  [person?.jellyfinUsername, person?.plexUsername, person?.username].find(Boolean) ?? null;

/** The media row holds the ordinary and the 4K copy side by side; a request is about one of them (T-42). */
const serverOf = ({ is4k, media, serverId }: Request) => ({
  serviceId: (is4k ? media.serviceId4k : media.serviceId) ?? serverId ?? null,
  serviceExternalId: (is4k ? media.externalServiceId4k : media.externalServiceId) ?? null,
});

const seasonsOf = ({ seasons }: Request): number[] => [
  ...new Set((seasons ?? []).map(({ seasonNumber }) => seasonNumber)),
];

export const toRequest = (request: Request, readAt: Date): MediaRequest => ({
  externalId: request.id,
  kind: request.type === 'movie' ? 'film' : 'show',
  requestedBy: nameOf(request.requestedBy),
  mediaUser: mediaUserOf(request.requestedBy),
  requestedAt: request.createdAt ?? readAt,
  tmdb: request.media.tmdbId ?? null,
  tvdb: request.media.tvdbId ?? null,
  is4k: request.is4k === true,
  ...serverOf(request),
  seasons: seasonsOf(request),
});

export type Title = { kind: 'film' | 'show'; tmdb: number | null; tvdb: number | null };

/**
 * By kind first, because films and shows share numbers in TMDB (T-40); then by an id that both know. Where both know
 * TMDB's, TVDB's has no say.
 */
export function isFor(request: Request, title: Title): boolean {
  if ((request.type === 'movie' ? 'film' : 'show') !== title.kind) return false;
  const { tmdbId, tvdbId } = request.media;
  if (title.tmdb !== null && tmdbId) return title.tmdb === tmdbId;
  return title.tvdb !== null && title.tvdb === tvdbId;
}

/** IPv6 addresses stand in brackets; the base path has no slash at its end. */
export function serverUrl({ hostname, port, useSsl, baseUrl }: Server): string {
  const host = hostname.includes(':') && !hostname.startsWith('[') ? `[${hostname}]` : hostname;
  const base = (baseUrl ?? '').replace(/^\/+|\/+$/g, '');
  return `${useSsl ? 'https' : 'http'}://${host}:${port}${base === '' ? '' : `/${base}`}`;
}

export type Servers = { film: readonly Server[]; show: readonly Server[] };

export function toTitleRequest(request: Request, servers: Servers): TitleRequest {
  const { serviceId, serviceExternalId } = serverOf(request);
  const candidates = request.type === 'movie' ? servers.film : servers.show;
  const server = serviceId === null ? undefined : candidates.find(({ id }) => id === serviceId);
  return {
    externalId: request.id,
    is4k: request.is4k === true,
    seasons: seasonsOf(request),
    serverUrl: server ? serverUrl(server) : null,
    serverExternalId: serviceExternalId,
  };
}
