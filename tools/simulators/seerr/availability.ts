import type { SeerrMedia } from '../../seed/household.ts';
import type { World } from '../world.ts';
import type { SeasonStates, Seerr } from './house.ts';

const UNKNOWN = 1;
const PARTLY = 4;
const AVAILABLE = 5;
const DELETED = 7;

export const seasonStates = (world: World): SeasonStates =>
  new Map(
    world.household.seerr.media
      .filter((media) => media.kind === 'tv')
      .map((media) => [
        media.id,
        new Map(
          seasonsOf(world, media).map(({ number, hasFiles }) => [number, hasFiles ? AVAILABLE : UNKNOWN]),
        ),
      ]),
  );

function seasonsOf(world: World, media: SeerrMedia) {
  const show = world.household.sonarr.shows.find(({ id }) => id === media.externalServiceId);
  return (show?.seasons ?? []).map(({ number }) => ({
    number,
    hasFiles: show?.files.some(({ season }) => season === number) ?? false,
  }));
}

/** Long after Radarr and Sonarr forgot it. The number and the film must agree: numbers are used again (T-14). */
export function syncAvailability(seerr: Seerr): void {
  const { house, world, settings } = seerr;
  const gone = settings.product === 'overseerr' ? UNKNOWN : DELETED;
  const [hd, uhd] = world.household.radarrs;
  const isIn = (radarr: typeof hd, media: SeerrMedia, id: number | null) =>
    radarr?.movies.some((movie) => movie.id === id && movie.title === media.title && movie.file) ?? false;
  for (const media of house.media) {
    if (media.kind === 'tv') syncShow(seerr, media, gone);
    else {
      if (media.status === AVAILABLE && !isIn(hd, media, media.externalServiceId)) media.status = gone;
      if (media.status4k === AVAILABLE && !isIn(uhd, media, media.externalServiceId4k)) media.status4k = gone;
    }
  }
}

function syncShow({ world, seasons: states }: Seerr, media: SeerrMedia, gone: number): void {
  const known = states.get(media.id) ?? new Map<number, number>();
  const now = new Map(seasonsOf(world, media).map(({ number, hasFiles }) => [number, hasFiles]));
  const lost = [...known].filter(([number, status]) => status === AVAILABLE && now.get(number) !== true);
  for (const [number] of lost) known.set(number, gone);
  const hasAny = [...now.values()].some(Boolean);
  if (!hasAny && (media.status === AVAILABLE || media.status === PARTLY)) media.status = gone;
  else if (lost.length > 0 && media.status === AVAILABLE) media.status = PARTLY;
}
