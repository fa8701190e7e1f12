import type { EmbyHouse, JellyfinHouse, Mark, MediaRow, Person } from './household.ts';
import { daysBefore } from './moments.ts';
import { hexId } from './random.ts';

type Input = { jellyfin: JellyfinHouse; people: readonly Person[]; now: Date };

/** Numbers that begin somewhere, as after years of adding and taking away. */
const FIRST_NUMBER = 1_204;
const FILMS_IN = 5;
const SHOWS_IN = 8;

/**
 * The small second media server of the grandmother's flat: some of the same films and a few shows, other ids, and people
 * of whom some are the same, one written in another case and one that Jellyfin does not know (C-01).
 */
export function seedEmby({ jellyfin, people, now }: Input): EmbyHouse {
  const taken = someOf(jellyfin);
  const numbers = new Map([...taken].map(({ id }, index) => [id, String(FIRST_NUMBER + index)]));
  const own = embyPeople(people, now);
  const house: EmbyHouse = {
    serverId: hexId('server', 'emby'),
    serverName: 'Piso de la abuela',
    people: own,
    libraries: jellyfin.libraries
      .filter(({ id }) => numbers.has(id))
      .map((library) => ({ ...library, id: numbers.get(library.id) ?? '' })),
    items: taken.map((item) => renumber(item, numbers)),
    marks: Object.fromEntries(own.map(({ userId }) => [userId, {}])),
    playing: [],
  };
  const film = unwatchedFilm(jellyfin, taken);
  const [first] = own;
  if (film && first) mark(house, first, numbers.get(film.id) ?? '', played(daysBefore(now, 3)));
  const rosa = own.at(-2);
  const films = house.items.filter(({ kind }) => kind === 'Movie');
  for (const { id, createdAt } of newest(films))
    if (rosa)
      mark(house, rosa, id, played(new Date((Date.parse(createdAt) + now.getTime()) / 2).toISOString()));
  return house;
}

const NEWEST = 4;
const newest = (films: readonly MediaRow[]): MediaRow[] =>
  [...films].sort((a, b) => (a.createdAt > b.createdAt ? -1 : 1)).slice(0, NEWEST);

const played = (lastAt: string): Mark => ({
  played: true,
  count: 1,
  lastAt,
  favourite: false,
  positionTicks: 0,
});

function mark({ marks }: EmbyHouse, { userId }: Person, id: string, made: Mark): void {
  (marks[userId] ??= {})[id] = made;
}

function someOf({ items }: JellyfinHouse): MediaRow[] {
  const every = (kind: MediaRow['kind'], step: number) =>
    items.filter((item) => item.kind === kind && item.title).filter((_, index) => index % step === 0);
  const films = every('Movie', FILMS_IN);
  const shows = every('Series', SHOWS_IN);
  const chosen = new Set(shows.map(({ id }) => id));
  const below = items.filter(({ seriesId }) => chosen.has(seriesId ?? ''));
  const libraries = new Set([...films, ...shows].map(({ libraryId }) => libraryId));
  const folders = items.filter(({ kind, id }) => kind === 'CollectionFolder' && libraries.has(id));
  return [...folders, ...films, ...shows, ...below];
}

const renumber = (item: MediaRow, numbers: ReadonlyMap<string, string>): MediaRow => ({
  ...item,
  id: numbers.get(item.id) ?? '',
  libraryId: numbers.get(item.libraryId) ?? item.libraryId,
  seriesId: item.seriesId === null ? null : (numbers.get(item.seriesId) ?? null),
  seasonId: item.seasonId === null ? null : (numbers.get(item.seasonId) ?? null),
  providerIds: { ...item.providerIds },
  members: [],
});

/** The oldest film that nobody at Jellyfin has touched: only Emby knows that it was watched this week. */
function unwatchedFilm(jellyfin: JellyfinHouse, taken: readonly MediaRow[]): MediaRow | undefined {
  const touched = new Set(Object.values(jellyfin.marks).flatMap((marks) => Object.keys(marks)));
  return taken
    .filter(({ kind, id }) => kind === 'Movie' && !touched.has(id))
    .sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1))[0];
}

/** The administrator in capitals, one more who is in both, somebody of her own, and a guest who may not sign in. */
function embyPeople(people: readonly Person[], now: Date): Person[] {
  const here = (person: Pick<Person, 'name'> & Partial<Person>): Person => ({
    email: '',
    seerrId: null,
    isAdmin: false,
    isDisabled: false,
    lastSeenAt: daysBefore(now, 5),
    ...person,
    userId: hexId('emby user', person.name),
    libraries: null,
  });
  const [admin, second] = people;
  return [
    ...(admin ? [here({ ...admin, name: admin.name.toUpperCase(), isAdmin: true })] : []),
    ...(second ? [here(second)] : []),
    here({ name: 'Tía Rosa' }),
    here({ name: 'Visita', isDisabled: true }),
  ];
}
