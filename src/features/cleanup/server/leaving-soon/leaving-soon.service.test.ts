import { expect, test } from 'vitest';
import type { ConnectionId, ItemId } from '#core/ids.ts';
import type { LeavingItem, ShelfKind } from '../../core/leaving-soon/leaving-soon.ts';
import { posterKey } from '../../core/leaving-soon/poster.ts';
import type { Surface } from '../../core/policy/settings.ts';
import { fakeTime, silentLog } from '../execution/execution.fake.ts';
import { fakeShelf, fakeShelfStore } from './leaving-soon.fake.ts';
import { createLeavingSoonService } from './leaving-soon.service.ts';
import { createShelfUpdate } from './leaving-soon.shelf.ts';

const jellyfin = 'jelly001' as ConnectionId;
const time = fakeTime();
const names = { films: 'Leaving soon: films', shows: 'Leaving soon: series' };

const aFilm = (number: number, days = 5): LeavingItem => ({
  itemId: `radarr01-${number}` as ItemId,
  kind: 'film',
  title: `Film ${number}`,
  dueAt: new Date(time.now().getTime() + days * 86_400_000),
});

/** Every item has the id `m-<item>` in the media server, except those that are not in it. */
function aHousehold({ leaving, missing = [] }: { leaving: LeavingItem[]; missing?: readonly string[] }) {
  let surfaces: Record<ShelfKind, Surface> = { films: 'collection', shows: 'collection' };
  let linkUpdates = 0;
  const links = {
    update: async () => {
      linkUpdates += 1;
      return { failed: 0 };
    },
  };
  const server = fakeShelf();
  const other = fakeShelf();
  let items = leaving;
  const source = {
    leaving: async () => items,
    membersOf: async (_id: ConnectionId, ids: readonly ItemId[]) =>
      new Map(ids.filter((id) => !missing.includes(id)).map((id) => [id, `m-${id}`])),
    settings: async () => ({ names, language: 'en' as const, surfaces }),
  };
  const managers = {
    shelves: async () => [
      { connectionId: 'jelly000' as ConnectionId, shelf: other.shelf },
      { connectionId: jellyfin, shelf: server.shelf },
    ],
  };
  const updateShelf = createShelfUpdate({
    source,
    shelves: fakeShelfStore(),
    drawPoster: async (text) => new TextEncoder().encode(posterKey(text)),
    clock: time,
  });
  const service = createLeavingSoonService({ source, updateShelf, managers, links, log: silentLog });
  return {
    ...server,
    other,
    update: service.update,
    managers,
    linkUpdates: () => linkUpdates,
    links,
    showIn: (next: typeof surfaces) => void (surfaces = next),
    nowLeaving: (next: LeavingItem[]) => void (items = next),
  };
}

const membersIn = ({ collections }: { collections: readonly { members: Set<string> }[] }) =>
  collections.map((one) => [...one.members].sort());

test('films and series that leave stand in one collection each, with a poster', async () => {
  const season: LeavingItem = {
    ...aFilm(2),
    itemId: 'sonarr01-3-s01' as ItemId,
    kind: 'season',
    title: 'Faro',
  };
  const household = aHousehold({ leaving: [aFilm(1), season] });
  await household.update();
  expect(household.collections.map((one) => one.name)).toEqual([names.films, names.shows]);
  expect(membersIn(household)).toEqual([['m-radarr01-1'], ['m-sonarr01-3-s01']]);
  expect(household.collections[0]?.posters).toEqual(['1:en:films:1:5']);
});

test('where nothing ever left, nothing is made', async () => {
  const household = aHousehold({ leaving: [] });
  await household.update();
  expect(household.calls).toEqual([]);
});

test('a second update without a change asks for no change', async () => {
  const household = aHousehold({ leaving: [aFilm(1), aFilm(2)] });
  await household.update();
  household.calls.length = 0;
  await household.update();
  expect(household.calls).toEqual([]);
});

test('what somebody kept goes out, and the poster follows', async () => {
  const household = aHousehold({ leaving: [aFilm(1), aFilm(2, 9)] });
  await household.update();
  household.nowLeaving([aFilm(2, 9)]);
  await household.update();
  expect(membersIn(household)).toEqual([['m-radarr01-2']]);
  expect(household.collections[0]?.posters).toEqual(['1:en:films:2:5', '1:en:films:1:9']);
});

test('when nothing leaves any more the collection is emptied and kept', async () => {
  const household = aHousehold({ leaving: [aFilm(1)] });
  await household.update();
  household.nowLeaving([]);
  await household.update();
  expect(membersIn(household)).toEqual([[]]);
  expect(household.collections[0]?.posters.at(-1)).toBe('1:en:films:0:none');
});

test('a collection that a person deleted comes back whole, with its poster', async () => {
  const household = aHousehold({ leaving: [aFilm(1), aFilm(2)] });
  await household.update();
  household.deleteByHand(names.films);
  await household.update();
  expect(membersIn(household)).toEqual([['m-radarr01-1', 'm-radarr01-2']]);
  expect(household.collections[0]?.posters).toHaveLength(1);
});

test('one that was deleted when nothing leaves any more does not come back', async () => {
  const household = aHousehold({ leaving: [aFilm(1)] });
  await household.update();
  household.deleteByHand(names.films);
  household.nowLeaving([]);
  await household.update();
  await household.update();
  expect(household.collections).toEqual([]);
});

test('an item that the media server does not have is not counted on its poster', async () => {
  const household = aHousehold({ leaving: [aFilm(1), aFilm(2, 1)], missing: ['radarr01-2'] });
  await household.update();
  expect(household.collections[0]?.posters).toEqual(['1:en:films:1:5']);
});

test('a media server that is off does not hold up the others', async () => {
  const household = aHousehold({ leaving: [aFilm(1)] });
  household.other.goOffline();
  expect(await household.update()).toEqual({ failed: 1 });
  expect(membersIn(household)).toEqual([['m-radarr01-1']]);
});

test('J-117: each kind has its own surface; a collection that is not wanted any more is emptied', async () => {
  const season: LeavingItem = { ...aFilm(2), itemId: 'sonarr01-3-s01' as ItemId, kind: 'season' };
  const household = aHousehold({ leaving: [aFilm(1), season] });
  await household.update();
  household.showIn({ films: 'links', shows: 'both' });
  await household.update();
  expect(membersIn(household)).toEqual([[], ['m-sonarr01-3-s01']]);
});

test('where no collection is wanted none is made', async () => {
  const household = aHousehold({ leaving: [aFilm(1)] });
  household.showIn({ films: 'none', shows: 'links' });
  await household.update();
  expect(household.collections).toEqual([]);
  expect(household.linkUpdates()).toBe(1);
});

test('collections that cannot be opened at all do not hold up the links, and are told', async () => {
  const household = aHousehold({ leaving: [aFilm(1)] });
  household.managers.shelves = () => Promise.reject(new Error('no key'));
  await expect(household.update()).rejects.toThrow('no key');
  expect(household.linkUpdates()).toBe(1);
});

test('links that fail do not hold up the collections, and are counted', async () => {
  const household = aHousehold({ leaving: [aFilm(1)] });
  household.links.update = () => Promise.resolve({ failed: 2 });
  expect(await household.update()).toEqual({ failed: 2 });
  expect(membersIn(household)).toEqual([['m-radarr01-1']]);
});
