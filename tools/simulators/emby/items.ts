import { empty, json, type Handler, type Route } from '../http.ts';
import { deleteItem } from '../media-server/deletion.ts';
import { wholeOf, wholeView } from '../media-server/dto.ts';
import { itemAt, mayToSee, personOf } from '../media-server/house.ts';
import { listItems } from '../media-server/pages.ts';
import type { Emby } from './house.ts';

export function itemRoutes(emby: Emby): Route[] {
  const list = listItems(emby);
  const one: Handler = (call) => {
    const person = personOf(emby, call.params['userId'] ?? null);
    const item = itemAt(emby, call.params['id']);
    if (!person || !item || !mayToSee(emby, person, item)) return empty(404);
    const whole = wholeView(person);
    return json(200, wholeOf(emby, item, { ...whole, fields: new Set([...whole.fields, '*']) }));
  };
  // Both delete files (T-20): here so that a client that does it is seen.
  const remove: Handler = (call) => {
    const item = itemAt(emby, call.params['id']);
    if (!item) return empty(404);
    deleteItem(emby, item);
    return empty(204);
  };
  return [
    ['GET', '/Items', list],
    ['GET', '/Users/:userId/Items', list],
    ['GET', '/Users/:userId/Items/:id', one],
    ['DELETE', '/Items/:id', remove],
    ['POST', '/Items/:id/Delete', remove],
    [
      'GET',
      '/Items/:id/DeleteInfo',
      (call) => {
        const item = itemAt(emby, call.params['id']);
        return item ? json(200, { Paths: item.path === null ? [] : [item.path] }) : empty(404);
      },
    ],
  ];
}
