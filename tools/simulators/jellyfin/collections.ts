import type { MediaRow } from '../../seed/household.ts';
import { hexId } from '../../seed/random.ts';
import { blankRow } from '../../seed/shelves.ts';
import { empty, isTrue, json, lowerQuery, text, type Call, type Route } from '../http.ts';
import { parseId, parseIds, type Jellyfin } from './house.ts';

export function collectionRoutes(jellyfin: Jellyfin): Route[] {
  const { catalogue } = jellyfin;
  const boxSet = (call: Call): MediaRow | undefined => {
    const item = catalogue.byId(parseId(call.params['id'] ?? '') ?? '');
    return item?.kind === 'BoxSet' ? item : undefined;
  };
  const idsOf = (call: Call): string[] => parseIds(lowerQuery(call.query).getAll('ids'));
  const areKnown = (ids: readonly string[]): boolean => ids.every((id) => catalogue.byId(id));
  const noItem = text(400, 'Error processing request.');

  return [
    [
      'POST',
      '/Collections',
      (call) => {
        const query = lowerQuery(call.query);
        const ids = idsOf(call);
        const name = query.get('name') ?? '';
        if (name === '' || !areKnown(ids)) return noItem;
        const box = openBoxSet(jellyfin, name, isTrue(query.get('islocked')));
        addMembers(jellyfin, box, ids);
        return json(200, { Id: box.id });
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
        addMembers(jellyfin, box, ids);
        return empty(204);
      },
    ],
    [
      'DELETE',
      '/Collections/:id/Items',
      (call) => {
        const box = boxSet(call);
        if (!box) return noItem;
        const gone = idsOf(call);
        box.members = box.members.filter((member) => !gone.includes(member));
        catalogue.forgetLists();
        jellyfin.world.changed();
        return empty(204);
      },
    ],
  ];
}

function addMembers(jellyfin: Jellyfin, box: MediaRow, ids: readonly string[]): void {
  box.members = [...new Set([...box.members, ...ids])];
  jellyfin.catalogue.forget();
  jellyfin.world.changed();
}

/** A name that exists is the same folder `<name> [boxset]`, so it is the same collection. */
function openBoxSet(jellyfin: Jellyfin, name: string, isLocked: boolean): MediaRow {
  const { house, world } = jellyfin;
  const path = `/config/data/collections/${name} [boxset]`;
  const known = house.items.find((item) => item.kind === 'BoxSet' && item.path === path);
  if (known) return known;
  const libraryId = openLibrary(jellyfin);
  const box: MediaRow = {
    ...blankRow(hexId('boxset', name, world.now().getTime(), house.items.length), 'BoxSet', name),
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
function openLibrary({ house }: Jellyfin): string {
  const id = hexId('library', 'collections');
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
