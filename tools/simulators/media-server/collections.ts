import type { MediaRow } from '../../seed/household.ts';
import { blankRow } from '../../seed/shelves.ts';
import { empty, isTrue, json, lowerQuery, text, type Call, type Handler, type Route } from '../http.ts';
import { itemAt, parseIds, type MediaServer } from './house.ts';

/** What the two do differently. */
export type CollectionWays = {
  newId: (word: string) => string;
  libraryId: string;
  /** Emby cannot make an empty one (Maintainerr#3075). */
  refusesEmpty: boolean;
  /** Of the routes that take members out. */
  removals: readonly (readonly [method: string, path: string])[];
};

export function collectionRoutes(server: MediaServer, ways: CollectionWays): Route[] {
  const { catalogue } = server;
  const boxSet = (call: Call): MediaRow | undefined => {
    const item = itemAt(server, call.params['id']);
    return item?.kind === 'BoxSet' ? item : undefined;
  };
  const idsOf = (call: Call): string[] => parseIds(server, lowerQuery(call.query).getAll('ids'));
  const areKnown = (ids: readonly string[]): boolean => ids.every((id) => catalogue.byId(id));
  const noItem = text(400, 'Error processing request.');

  const remove: Handler = (call) => {
    const box = boxSet(call);
    if (!box) return noItem;
    const gone = idsOf(call);
    box.members = box.members.filter((member) => !gone.includes(member));
    catalogue.forgetLists();
    server.world.changed();
    return empty(204);
  };

  return [
    [
      'POST',
      '/Collections',
      (call) => {
        const query = lowerQuery(call.query);
        const ids = idsOf(call);
        const name = query.get('name') ?? '';
        if (name === '' || !areKnown(ids)) return noItem;
        if (ids.length === 0 && ways.refusesEmpty) return text(500, 'Sequence contains no elements');
        const box = openBoxSet(server, ways, name, isTrue(query.get('islocked')));
        addMembers(server, box, ids);
        return json(200, { Id: box.id, ...(ways.refusesEmpty ? { Name: box.name } : {}) });
      },
    ],
    // One unknown id spoils the whole call.
    [
      'POST',
      '/Collections/:id/Items',
      (call) => {
        const box = boxSet(call);
        const ids = idsOf(call);
        if (!box || !areKnown(ids)) return noItem;
        addMembers(server, box, ids);
        return empty(204);
      },
    ],
    ...ways.removals.map(([method, path]): Route => [method, path, remove]),
  ];
}

function addMembers(server: MediaServer, box: MediaRow, ids: readonly string[]): void {
  box.members = [...new Set([...box.members, ...ids])];
  server.catalogue.forget();
  server.world.changed();
}

/** A name that exists is the same folder `<name> [boxset]`, so it is the same collection. */
function openBoxSet(server: MediaServer, ways: CollectionWays, name: string, isLocked: boolean): MediaRow {
  const { house, world } = server;
  const path = `/config/data/collections/${name} [boxset]`;
  const known = house.items.find((item) => item.kind === 'BoxSet' && item.path === path);
  if (known) return known;
  const libraryId = openLibrary(server, ways);
  const box: MediaRow = {
    ...blankRow(ways.newId(`${name}:${world.now().getTime()}:${house.items.length}`), 'BoxSet', name),
    libraryId,
    path,
    createdAt: world.now().toISOString(),
    isLocked,
  };
  world.storage.write(`${path}/collection.xml`, 1_000);
  house.items.push(box);
  return box;
}

/** The first collection of a server makes the library that holds them. */
function openLibrary({ house }: MediaServer, { libraryId: id }: CollectionWays): string {
  if (!house.libraries.some((library) => library.id === id)) {
    house.libraries.push({
      id,
      name: 'Collections',
      type: 'boxsets',
      locations: ['/config/data/collections'],
    });
    house.items.push({
      ...blankRow(id, 'CollectionFolder', 'Collections'),
      createdAt: '2021-01-01T00:00:00Z',
    });
  }
  return id;
}
