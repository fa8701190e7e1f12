import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { unknown } from '#core/fact.ts';
import type { ConnectionId, ItemId } from '#core/ids.ts';
import { createEmbyLinkLibrary } from '#server/adapters/emby/link-library.ts';
import { createJellyfinLinkLibrary } from '#server/adapters/jellyfin/link-library.ts';
import { promptHttp, smallHousehold, targetOf } from '#server/adapters/simulated.fake.ts';
import { startEmby } from '#tools/simulators/emby/start.ts';
import { startJellyfin } from '#tools/simulators/jellyfin/start.ts';
import type { LeavingItem } from '../../core/leaving-soon/leaving-soon.ts';
import { fakeTime, silentLog } from '../execution/execution.fake.ts';
import { fakeLinkStore } from './links.fake.ts';
import type { LinkSource } from './links.ports.ts';
import { createLinkService } from './links.service.ts';

const household = smallHousehold();
const http = promptHttp();
const connectionId = 'media001' as ConnectionId;
const products = [
  { kind: 'jellyfin', start: startJellyfin, open: createJellyfinLinkLibrary },
  { kind: 'emby', start: startEmby, open: createEmbyLinkLibrary },
] as const;

/** Real links in a real folder, which the media server sees by another path, to films on its own disks. */
describe.each(products)('links in $kind', ({ kind, start, open }) => {
  const THERE = '/data/leaving';
  let base: string;
  let server: Awaited<ReturnType<typeof startJellyfin | typeof startEmby>>;

  beforeEach(async () => {
    base = await mkdtemp(join(tmpdir(), 'leaving-'));
    await mkdir(join(base, 'leaving'));
    server = await start(household, { mounts: [{ here: join(base, 'leaving'), there: THERE }] });
    return async () => {
      await server.close();
      await rm(base, { recursive: true });
    };
  });

  const rowsOf = (of: 'Movie' | 'Episode') =>
    server.state.items.filter((item) => item.kind === of && item.path && !item.isVirtual);

  function aService() {
    let leaving: LeavingItem[] = [];
    const folder = join(base, 'leaving');
    const pathOf = ({ itemId }: LeavingItem) =>
      server.state.items.find(({ id }) => id === itemId)?.path ?? '';
    const source: LinkSource = {
      leaving: async () => leaving,
      settings: async () => ({
        surfaces: { films: 'links', shows: 'both' },
        folder,
        names: { films: 'Leaving films', shows: 'Leaving series' },
      }),
      titles: async (_id, items) =>
        items.map((item) => {
          const path = pathOf(item);
          const isFilm = item.kind === 'film';
          return {
            kind: isFilm ? 'films' : 'shows',
            title: item.title,
            folder: isFilm ? dirname(path) : dirname(dirname(path)),
            files: [
              {
                own: path,
                theirs: path,
                seasonNumber: isFilm ? null : 1,
                sidecars: unknown('not-readable'),
              },
            ],
          };
        }),
      anyFile: async () => {
        const path = rowsOf('Movie')[0]?.path ?? '';
        return { own: path, theirs: path };
      },
      asSeenBy: async (_id, path) => path.replace(folder, THERE),
      mediaFolders: async () => ['/movies'],
      connections: async () => [{ id: connectionId, name: 'Media' }],
    };
    const library = open(http, targetOf(kind, server));
    const service = createLinkService({
      source,
      store: fakeLinkStore(),
      managers: { linkLibraries: async () => [{ connectionId, name: 'Media', library }] },
      clock: fakeTime(),
      newId: () => 'one',
      log: silentLog,
    });
    const item = (row: { id: string; name: string } | undefined, is: LeavingItem['kind']): LeavingItem => ({
      itemId: (row?.id ?? '') as ItemId,
      kind: is,
      title: row?.name ?? '',
      dueAt: new Date('2026-12-01T00:00:00Z'),
    });
    const update = async () => {
      const done = await service.update();
      await server.world.settle();
      return done;
    };
    return { ...service, update, item, leave: (...items: LeavingItem[]) => void (leaving = items) };
  }

  const shown = () =>
    server.state.items
      .filter(({ path }) => path?.startsWith(`${THERE}/`))
      .map(({ id, kind: is, title }) => `${is} ${title ?? ''} ${id}`)
      .sort();

  test('J-111, J-115: shows what leaves, keeps its ids while it does, and shows nothing when nothing leaves', async () => {
    const { item, leave, update } = aService();
    const [one, two] = rowsOf('Movie');
    const [episode] = rowsOf('Episode');
    leave(item(one, 'film'), item(episode, 'season'));
    expect(await update()).toEqual({ failed: 0 });
    const first = shown();
    expect(first.map((line) => line.split(' ')[0])).toEqual(['Episode', 'Movie', 'Season', 'Series']);
    expect(first.join()).toContain(one?.title ?? '?');

    leave(item(one, 'film'), item(two, 'film'), item(episode, 'season'));
    await update();
    expect(shown()).toEqual(expect.arrayContaining(first));
    expect(shown()).toHaveLength(5);

    leave();
    await update();
    expect(shown()).toEqual([]);
    // T-30: both libraries stay, and the real titles with them.
    expect(server.state.libraries.filter(({ name }) => name.startsWith('Leaving'))).toHaveLength(2);
    expect(rowsOf('Movie')).toContainEqual(one);
  });

  test('T-60, J-117: the test is proven by the media server itself, and by nothing when it does not follow links', async () => {
    const { test: tryIt } = aService();
    expect(await tryIt()).toMatchObject({ ok: true, value: [{ proof: { is: 'proven' } }] });
    server.server.settings.followsLinks = false;
    expect(await tryIt()).toMatchObject({ ok: true, value: [{ proof: { is: 'not-followed' } }] });
  });
});
