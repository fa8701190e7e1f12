import type { MediaRow } from '../../seed/household.ts';
import { empty, fieldsOf, json, lowerQuery, type Handler, type Route } from '../http.ts';
import { deleteItem } from '../media-server/deletion.ts';
import { wholeOf, wholeView } from '../media-server/dto.ts';
import { itemAt, mayToSee, parseGuid, parseIds } from '../media-server/house.ts';
import { askerOf, listItems, pageOf } from '../media-server/pages.ts';
import type { Jellyfin } from './house.ts';

export function itemRoutes(jellyfin: Jellyfin): Route[] {
  const list = listItems(jellyfin);
  // Without a user every item is unknown to a key, also a good one.
  const one: Handler = (call) => {
    const asker = askerOf(jellyfin, lowerQuery(call.query), call);
    const item = itemAt(jellyfin, call.params['id']);
    if (!asker.ok || !asker.person || !item || !mayToSee(jellyfin, asker.person, item)) return empty(404);
    return json(200, wholeOf(jellyfin, item, wholeView(asker.person)));
  };
  const children =
    (keep: (item: MediaRow, query: URLSearchParams) => boolean): Handler =>
    (call) => {
      const query = lowerQuery(call.query);
      const asker = askerOf(jellyfin, query, call);
      const id = parseGuid(call.params['id'] ?? '') ?? '';
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
        const item = itemAt(jellyfin, call.params['id']);
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
        const item = itemAt(jellyfin, call.params['id']);
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
        for (const id of parseIds(jellyfin, lowerQuery(call.query).getAll('ids'))) {
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
  if (seasonId !== null) return item.seasonId === parseGuid(seasonId);
  return season === null || item.parentIndex === Number(season);
}
