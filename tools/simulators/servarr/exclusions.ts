import { empty, fieldsOf, bodyOf, json, numbersOf, type Call, type Route, type Reply } from '../http.ts';
import { nextId, type Servarr } from './house.ts';
import { invalid, notFound } from './problems.ts';
import { paged } from './paging.ts';

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

type Exclusion = Servarr['house']['exclusions'][number];

/** Titles that no import list may bring back. A second one for the same title is refused (T-06). */
export function exclusionRoutes(servarr: Servarr): Route[] {
  const { house, app } = servarr;
  const base = app === 'Radarr' ? '/api/v3/exclusions' : '/api/v3/importlistexclusion';
  const write = ({ id, externalId, title, year }: Exclusion) =>
    app === 'Radarr'
      ? { id, tmdbId: externalId, movieTitle: title, movieYear: year }
      : { id, tvdbId: externalId, title };
  const read = (value: Record<string, unknown>): Omit<Exclusion, 'id'> => ({
    externalId: Number(value[app === 'Radarr' ? 'tmdbId' : 'tvdbId'] ?? 0),
    title: textOf(value[app === 'Radarr' ? 'movieTitle' : 'title']),
    year: Number(value['movieYear'] ?? 0),
  });
  const refuse = (wish: Omit<Exclusion, 'id'>): Reply | undefined => {
    const idName = app === 'Radarr' ? 'TmdbId' : 'TvdbId';
    if (wish.title === '')
      return invalid(app === 'Radarr' ? 'MovieTitle' : 'Title', "'Title' must not be empty.", '');
    if (house.exclusions.some((one) => one.externalId === wish.externalId))
      return invalid(idName, 'This exclusion has already been added.', wish.externalId);
    return undefined;
  };
  const add = (wish: Omit<Exclusion, 'id'>): Exclusion => {
    const one = { id: nextId(servarr), ...wish };
    house.exclusions.push(one);
    servarr.world.changed();
    return one;
  };
  const remove = (ids: readonly number[]): void => {
    house.exclusions = house.exclusions.filter((one) => !ids.includes(one.id));
    servarr.world.changed();
  };
  const find = (call: Call) => house.exclusions.find((one) => one.id === Number(call.params['id']));

  return [
    ['GET', base, () => ({ ...json(200, house.exclusions.map(write)), headers: { deprecation: 'true' } })],
    [
      'GET',
      `${base}/paged`,
      (call) =>
        paged({
          call,
          rows: house.exclusions,
          defaultSortKey: 'id',
          keys: {
            id: (row) => row.id,
            tmdbId: (row) => row.externalId,
            movieTitle: (row) => row.title,
            movieYear: (row) => row.year,
            title: (row) => row.title,
          },
          write,
        }),
    ],
    [
      'POST',
      base,
      (call) => {
        const wish = read(fieldsOf(call));
        return refuse(wish) ?? json(201, write(add(wish)));
      },
    ],
    [
      'POST',
      `${base}/bulk`,
      (call) => {
        const list = bodyOf(call);
        const wishes = Array.isArray(list) ? list.map((one) => read(one as Record<string, unknown>)) : [];
        const refusal = wishes.map(refuse).find(Boolean);
        return refusal ?? json(200, wishes.map(add).map(write));
      },
    ],
    [
      'DELETE',
      `${base}/bulk`,
      (call) => {
        remove(numbersOf(fieldsOf(call)['ids']));
        return json(200, {});
      },
    ],
    [
      'DELETE',
      `${base}/:id#`,
      (call) => {
        const one = find(call);
        if (!one) return notFound();
        remove([one.id]);
        return empty(200);
      },
    ],
  ];
}

/** Written by an event handler, so some time after the title is gone. */
export function excludeLater(servarr: Servarr, wish: Omit<Exclusion, 'id'>): void {
  servarr.world.afterwards(() => {
    if (servarr.house.exclusions.some((one) => one.externalId === wish.externalId)) return;
    servarr.house.exclusions.push({ id: nextId(servarr), ...wish });
  });
}
