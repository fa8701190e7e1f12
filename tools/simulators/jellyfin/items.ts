import type { MediaRow, Person } from '../../seed/household.ts';
import {
  empty,
  fieldsOf,
  json,
  lowerQuery,
  text,
  type Call,
  type Handler,
  type Reply,
  type Route,
} from '../http.ts';
import { dto, viewOf, wholeView } from './dto.ts';
import { mayToSee, parseId, parseIds, personOf, type Jellyfin } from './house.ts';
import { deleteItem } from './deletion.ts';
import { findItems } from './query.ts';

type Asker = { ok: true; person: Person | undefined } | { ok: false; reply: Reply };

/** Whose eyes: nobody's when no user is named, as a key belongs to no user. */
function askerOf(jellyfin: Jellyfin, query: URLSearchParams, call: Call): Asker {
  const id = call.params['userId'] ?? query.get('userid');
  if (id === null || id === '') return { ok: true, person: undefined };
  const person = personOf(jellyfin, id);
  return person ? { ok: true, person } : { ok: false, reply: text(404, 'Resource not found.') };
}

/** One page of anything: `TotalRecordCount` counts all of it. */
export function pageOf(
  jellyfin: Jellyfin,
  found: readonly MediaRow[],
  query: URLSearchParams,
  person: Person | undefined,
): Reply {
  const start = Number(query.get('startindex') ?? 0);
  const limit = query.get('limit');
  const page = found.slice(start, limit === null ? undefined : start + Number(limit));
  const view = viewOf(query, person);
  const total = query.get('enabletotalrecordcount') === 'false' ? 0 : found.length;
  return json(200, {
    Items: page.map((item) => dto(jellyfin, item, view)),
    TotalRecordCount: total,
    StartIndex: start,
  });
}

export function itemRoutes(jellyfin: Jellyfin): Route[] {
  const list: Handler = (call) => {
    const query = lowerQuery(call.query);
    const asker = askerOf(jellyfin, query, call);
    return asker.ok
      ? pageOf(jellyfin, findItems(jellyfin, query, asker.person), query, asker.person)
      : asker.reply;
  };
  // Without a user every item is unknown to a key, also a good one.
  const one: Handler = (call) => {
    const asker = askerOf(jellyfin, lowerQuery(call.query), call);
    const item = jellyfin.catalogue.byId(parseId(call.params['id'] ?? '') ?? '');
    if (!asker.ok || !asker.person || !item || !mayToSee(jellyfin, asker.person, item)) return empty(404);
    return json(200, dto(jellyfin, item, wholeView(asker.person)));
  };
  const children =
    (keep: (item: MediaRow, query: URLSearchParams) => boolean): Handler =>
    (call) => {
      const query = lowerQuery(call.query);
      const asker = askerOf(jellyfin, query, call);
      const id = parseId(call.params['id'] ?? '') ?? '';
      if (!asker.ok) return asker.reply;
      if (jellyfin.catalogue.byId(id)?.kind !== 'Series') return empty(404);
      const isMissing = query.get('ismissing');
      const found = jellyfin.catalogue
        .sortedByName()
        .filter(
          (item) =>
            item.seriesId === id &&
            keep(item, query) &&
            mayToSee(jellyfin, asker.person, item) &&
            (isMissing === null || item.isVirtual === (isMissing === 'true')),
        );
      return pageOf(jellyfin, found, query, asker.person);
    };

  return [
    ['GET', '/Items', list],
    ['GET', '/Users/:userId/Items', list],
    ['GET', '/Items/:id', one],
    ['GET', '/Users/:userId/Items/:id', one],
    ['GET', '/Shows/:id/Seasons', children((item) => item.kind === 'Season')],
    [
      'GET',
      '/Shows/:id/Episodes',
      children((item, query) => item.kind === 'Episode' && inSeason(item, query)),
    ],
    [
      'POST',
      '/Items/:id',
      (call) => {
        const item = jellyfin.catalogue.byId(parseId(call.params['id'] ?? '') ?? '');
        if (!item) return empty(404);
        const { Name, LockData } = fieldsOf(call);
        if (typeof Name === 'string') item.name = Name;
        if (typeof LockData === 'boolean') item.isLocked = LockData;
        jellyfin.catalogue.forget();
        jellyfin.world.changed();
        return empty(204);
      },
    ],
    [
      'DELETE',
      '/Items/:id',
      (call) => {
        const item = jellyfin.catalogue.byId(parseId(call.params['id'] ?? '') ?? '');
        if (!item) return empty(404);
        deleteItem(jellyfin, item);
        return empty(204);
      },
    ],
    // Those before the first unknown one are gone by then.
    [
      'DELETE',
      '/Items',
      (call) => {
        for (const id of parseIds(lowerQuery(call.query).getAll('ids'))) {
          const item = jellyfin.catalogue.byId(id);
          if (!item) return empty(404);
          deleteItem(jellyfin, item);
        }
        return empty(204);
      },
    ],
  ];
}

function inSeason(item: MediaRow, query: URLSearchParams): boolean {
  const season = query.get('season');
  const seasonId = query.get('seasonid');
  if (seasonId !== null) return item.seasonId === parseId(seasonId);
  return season === null || item.parentIndex === Number(season);
}
