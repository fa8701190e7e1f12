import type {
  Household,
  MovieRow,
  Person,
  SeerrHouse,
  SeerrMedia,
  SeerrRequest,
  ShowRow,
  Title,
} from './household.ts';
import { later } from './moments.ts';
import type { Random } from './random.ts';
import { hexId } from './random.ts';

type Input = Pick<Household, 'titles' | 'radarrs' | 'sonarr' | 'people'> & { random: Random; now: Date };

const APPROVED = 2;
const COMPLETED = 5;
const UNKNOWN = 1;
const PROCESSING = 3;
const AVAILABLE = 5;

/** Requests that led to films and shows of the household; Seerr's servers have the ids 0, 1 (Radarr) and 0 (Sonarr). */
export function seedSeerr(input: Input): SeerrHouse {
  const askers = input.people.filter((person) => person.seerrId !== null);
  const house: SeerrHouse = { requests: [], media: [] };
  const [hd, uhd] = input.radarrs;
  const inUhd = new Map(uhd?.movies.map((movie) => [movie.title, movie]));
  for (const movie of hd?.movies ?? []) {
    if (input.random.chance(0.22)) askForFilm({ ...input, house, askers }, movie, inUhd.get(movie.title));
  }
  for (const show of input.sonarr.shows) {
    if (input.random.chance(0.4)) askForShow({ ...input, house, askers }, show);
  }
  addWish(house, askers, input.now);
  return house;
}

type Asking = Input & { house: SeerrHouse; askers: readonly Person[] };

const statusOf = (has: boolean): number => (has ? AVAILABLE : PROCESSING);

function askForFilm(
  { random, titles, house, askers }: Asking,
  movie: MovieRow,
  twin: MovieRow | undefined,
): void {
  const title = titles[movie.title];
  if (!title) return;
  const media = addMedia(house, title, movie.addedAt);
  const has = movie.file !== null;
  Object.assign(media, {
    status: statusOf(has),
    mediaAddedAt: movie.file?.addedAt ?? null,
    serviceId: 0,
    externalServiceId: movie.id,
    externalServiceSlug: String(title.tmdbId),
    jellyfinMediaId: movie.file ? hexId('movie', movie.file.path) : null,
  });
  addRequest(random, house, media, askers, {
    createdAt: later(movie.addedAt, -0.1),
    is4k: false,
    seasons: [],
    isDone: has,
  });
  if (!twin || !random.chance(0.7)) return;
  const hasTwin = twin.file !== null;
  Object.assign(media, { status4k: statusOf(hasTwin), serviceId4k: 1, externalServiceId4k: twin.id });
  addRequest(random, house, media, askers, {
    createdAt: later(twin.addedAt, -0.1),
    is4k: true,
    seasons: [],
    isDone: hasTwin,
  });
}

/** One request may cover two seasons of which one stays (J-96). */
function askForShow({ random, titles, house, askers }: Asking, show: ShowRow): void {
  const title = titles[show.title];
  if (!title) return;
  const has = show.files.length > 0;
  const media = addMedia(house, title, show.addedAt);
  Object.assign(media, {
    status: statusOf(has),
    mediaAddedAt: show.files[0]?.addedAt ?? null,
    serviceId: 0,
    externalServiceId: show.id,
    externalServiceSlug: title.key.replace(':', '-'),
    jellyfinMediaId: hexId('series', show.path),
  });
  const numbers = show.seasons.map((season) => season.number).filter((number) => number > 0);
  const seasons = numbers.slice(0, random.int(1, 3));
  addRequest(random, house, media, askers, { createdAt: show.addedAt, is4k: false, seasons, isDone: has });
}

function addMedia(house: SeerrHouse, title: Title, createdAt: string): SeerrMedia {
  const media: SeerrMedia = {
    id: house.media.length + 1,
    kind: title.kind === 'film' ? 'movie' : 'tv',
    title: title.key,
    tmdbId: title.tmdbId,
    // Seerr does not always know it (facts, section 5).
    tvdbId: title.kind === 'show' && house.media.length % 9 !== 0 ? title.tvdbId : null,
    imdbId: title.imdbId,
    status: UNKNOWN,
    status4k: UNKNOWN,
    createdAt,
    mediaAddedAt: null,
    serviceId: null,
    serviceId4k: null,
    externalServiceId: null,
    externalServiceId4k: null,
    externalServiceSlug: null,
    jellyfinMediaId: null,
    jellyfinMediaId4k: null,
  };
  house.media.push(media);
  return media;
}

type Wish = { createdAt: string; is4k: boolean; seasons: number[]; isDone: boolean };

function addRequest(
  random: Random,
  house: SeerrHouse,
  media: SeerrMedia,
  askers: readonly Person[],
  wish: Wish,
): void {
  const request: SeerrRequest = {
    id: house.requests.length + 1,
    mediaId: media.id,
    kind: media.kind,
    status: wish.isDone ? COMPLETED : APPROVED,
    is4k: wish.is4k,
    createdAt: wish.createdAt,
    requestedBy: random.pick(askers).seerrId ?? 1,
    modifiedBy: 1,
    seasons: wish.seasons,
    serverId: wish.is4k ? 1 : 0,
    profileName: wish.is4k ? 'Ultra-HD' : 'HD-1080p',
    rootFolder:
      media.kind === 'tv'
        ? '/media/disk2/series'
        : wish.is4k
          ? '/media/disk3/films-4k'
          : '/media/disk1/films',
  };
  house.requests.push(request);
}

/** Asked for and not here yet: pending, known to no Radarr. */
function addWish(house: SeerrHouse, askers: readonly Person[], now: Date): void {
  const createdAt = later(now.toISOString(), -2);
  house.media.push({
    id: house.media.length + 1,
    kind: 'movie',
    title: 'film:2999000',
    tmdbId: 2_999_000,
    tvdbId: null,
    imdbId: null,
    status: 2,
    status4k: UNKNOWN,
    createdAt,
    mediaAddedAt: null,
    serviceId: null,
    serviceId4k: null,
    externalServiceId: null,
    externalServiceId4k: null,
    externalServiceSlug: null,
    jellyfinMediaId: null,
    jellyfinMediaId4k: null,
  });
  house.requests.push({
    id: house.requests.length + 1,
    mediaId: house.media.length,
    kind: 'movie',
    status: 1,
    is4k: false,
    createdAt,
    requestedBy: askers[1]?.seerrId ?? 1,
    modifiedBy: null,
    seasons: [],
    serverId: 0,
    profileName: 'HD-1080p',
    rootFolder: '/media/disk1/films',
  });
}
