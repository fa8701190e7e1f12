import type { Person, SeerrHouse, SeerrMedia, SeerrRequest } from '../../seed/household.ts';
import type { World } from '../world.ts';

export type SeerrProduct = 'seerr' | 'jellyseerr' | 'overseerr';

export type SeerrOptions = {
  port?: number;
  host?: string;
  apiKey?: string;
  version?: string;
  product?: SeerrProduct;
  /** Reading works, everything else is 403: the commonest failure in the field. */
  csrfProtection?: boolean;
  /** The setup was not finished: there is no user 1, so a right key is refused. */
  isSetUp?: boolean;
  /** Addresses of the Radarrs and the Sonarr as Seerr knows them; the place in the list is the `serviceId`. */
  radarrs?: readonly Service[];
  sonarrs?: readonly Service[];
};

export type Service = { name: string; url: string; apiKey: string; is4k: boolean };

/** What it says of each season of a show, until it looks again: by media, then by number. */
export type SeasonStates = Map<number, Map<number, number>>;

export type Seerr = {
  house: SeerrHouse;
  world: World;
  seasons: SeasonStates;
  settings: {
    apiKey: string;
    version: string;
    product: SeerrProduct;
    csrfProtection: boolean;
    isSetUp: boolean;
    radarrs: readonly Service[];
    sonarrs: readonly Service[];
  };
};

export const versions: Record<SeerrProduct, string> = {
  seerr: '3.1.0',
  jellyseerr: '2.7.3',
  overseerr: '1.34.0',
};

const ADMIN = 2;
const REQUEST = 32;

export function userResource(seerr: Seerr, person: Person) {
  const count = seerr.house.requests.filter((request) => request.requestedBy === person.seerrId).length;
  const isPlex = seerr.settings.product === 'overseerr';
  return {
    id: person.seerrId,
    email: person.email,
    displayName: person.name,
    ...(isPlex
      ? { plexUsername: person.name, plexId: 1_000 + (person.seerrId ?? 0) }
      : { jellyfinUsername: person.name, jellyfinUserId: person.userId }),
    userType: isPlex ? 1 : 3,
    permissions: person.isAdmin ? ADMIN : REQUEST,
    avatar: `/avatarproxy/${person.userId}`,
    createdAt: '2022-03-01T10:00:00.000Z',
    updatedAt: '2026-01-10T10:00:00.000Z',
    requestCount: count,
  };
}

export const accounts = ({ world }: Seerr): Person[] =>
  world.household.people.filter((person) => person.seerrId !== null);

/** A request without its media, as it stands inside one. */
export function requestCore(seerr: Seerr, request: SeerrRequest) {
  const person = (id: number | null) => {
    const found = accounts(seerr).find((one) => one.seerrId === id);
    return found ? userResource(seerr, found) : undefined;
  };
  const modifiedBy = person(request.modifiedBy);
  // 5, completed, is not a word of Overseerr.
  const status = seerr.settings.product === 'overseerr' && request.status === 5 ? 2 : request.status;
  return {
    id: request.id,
    status,
    type: request.kind,
    is4k: request.is4k,
    createdAt: request.createdAt,
    updatedAt: request.createdAt,
    requestedBy: person(request.requestedBy),
    ...(modifiedBy ? { modifiedBy } : {}),
    seasons: request.seasons.map((seasonNumber, index) => ({
      id: request.id * 100 + index,
      seasonNumber,
      status,
      createdAt: request.createdAt,
      updatedAt: request.createdAt,
    })),
    seasonCount: request.seasons.length,
    serverId: request.serverId,
    profileId: request.is4k ? 5 : 4,
    profileName: request.profileName,
    rootFolder: request.rootFolder,
    isAutoRequest: false,
    canRemove: true,
  };
}

/** 6, blocklisted, and 7, deleted, are words of Jellyseerr and Seerr; Overseerr goes back to 1, unknown. */
const statusAs = (product: SeerrProduct, status: number): number =>
  product === 'overseerr' && status > 5 ? 1 : status;

export const mediaResource = (seerr: Seerr, media: SeerrMedia) => ({
  id: media.id,
  mediaType: media.kind,
  tmdbId: media.tmdbId,
  tvdbId: media.tvdbId,
  imdbId: media.imdbId,
  status: statusAs(seerr.settings.product, media.status),
  status4k: statusAs(seerr.settings.product, media.status4k),
  createdAt: media.createdAt,
  updatedAt: media.createdAt,
  mediaAddedAt: media.mediaAddedAt,
  serviceId: media.serviceId,
  serviceId4k: media.serviceId4k,
  externalServiceId: media.externalServiceId,
  externalServiceId4k: media.externalServiceId4k,
  externalServiceSlug: media.externalServiceSlug,
  ...(seerr.settings.product === 'overseerr'
    ? { ratingKey: null }
    : { jellyfinMediaId: media.jellyfinMediaId, jellyfinMediaId4k: media.jellyfinMediaId4k }),
  downloadStatus: [],
  downloadStatus4k: [],
});

export function requestResource(seerr: Seerr, request: SeerrRequest) {
  const media = seerr.house.media.find((one) => one.id === request.mediaId);
  return { ...requestCore(seerr, request), ...(media ? { media: mediaResource(seerr, media) } : {}) };
}
