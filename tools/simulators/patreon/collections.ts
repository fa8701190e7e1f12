import type { Call, Reply, Route } from '../http.ts';
import { collectionResource } from './collection.resource.ts';
import { present, shelfOf, type Patreon } from './house.ts';
import { answer } from './jsonapi.ts';
import { pageOf } from './pages.ts';
import { problem } from './problems.ts';

/** The path is in the singular; in the plural there is nothing. */
export function collectionRoutes(house: Patreon): Route[] {
  return [
    ['GET', '/api/collection', (call) => list(house, call)],
    [
      'GET',
      '/api/collection/:id#',
      (call) => {
        for (const { creator } of present(house)) {
          const found = creator.collections.find(({ id }) => id === call.params['id']);
          if (found) return answer(call, { data: collectionResource(house, creator, found), pool: [] });
        }
        return problem(404);
      },
    ],
  ];
}

function list(house: Patreon, call: Call): Promise<Reply> | Reply {
  const campaignId = call.query.get('filter[campaign_id]');
  if (campaignId === null) return problem(400, 'filter[campaign_id] is required.');
  const shelf = shelfOf(house, campaignId);
  if (!shelf || house.suspended.has(campaignId)) return problem(404);
  const { creator } = shelf;
  const paged = pageOf(house, call, creator.collections);
  if ('refused' in paged) return paged.refused;
  const { items, links, cursors } = paged.page;
  const data = items.map((collection) => collectionResource(house, creator, collection));
  const meta = { meta: { pagination: { cursors, total: creator.collections.length } } };
  return answer(call, { data, pool: [] }, { ...links, ...meta });
}
