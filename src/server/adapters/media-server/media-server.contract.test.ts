import { beforeEach, describe, expect, test } from 'vitest';
import { startEmby } from '#tools/simulators/emby/start.ts';
import { startJellyfin } from '#tools/simulators/jellyfin/start.ts';
import {
  collect,
  promptHttp,
  requestProblems,
  smallHousehold,
  targetOf,
  valueOf,
} from '../simulated.fake.ts';
import { createEmbyShelf } from '../emby/shelf.ts';
import { createEmbyWatchServer } from '../emby/watch-server.ts';
import { createJellyfinShelf } from '../jellyfin/shelf.ts';
import { createJellyfinWatchServer } from '../jellyfin/watch-server.ts';

const household = smallHousehold();
const http = promptHttp();

const products = [
  {
    kind: 'jellyfin',
    start: startJellyfin,
    watch: createJellyfinWatchServer,
    shelfOf: createJellyfinShelf,
    unknown: '0123456789abcdef0123456789abcdef',
    problems: (requests: Parameters<typeof requestProblems>[1]) => requestProblems('jellyfin', requests),
  },
  {
    kind: 'emby',
    start: startEmby,
    watch: createEmbyWatchServer,
    shelfOf: createEmbyShelf,
    unknown: '987654321',
    problems: () => [],
  },
] as const;

describe.each(products)('$kind', ({ kind, start, watch, shelfOf, unknown, problems }) => {
  type Running = Awaited<ReturnType<typeof startJellyfin | typeof startEmby>>;
  let server: Running;

  beforeEach(async () => {
    server = await start(household, { groupsCollections: true });
    return async () => {
      expect(problems(server.requests)).toEqual([]);
      await server.close();
    };
  });

  const watchServer = () => watch(http, targetOf(kind, server));
  const shelf = () => shelfOf(http, targetOf(kind, server));
  const people = () => server.server.people;
  const films = () => server.state.items.filter((item) => item.kind === 'Movie').map(({ id }) => id);
  const asked = (method: string) => server.requests.filter((request) => request.method === method);

  test('T-24 T-25 reads every film, show, season and episode that has a file', async () => {
    const { all, end } = await collect(watchServer().entries());
    expect(end).toEqual({ ok: true, value: undefined });
    const read = all.filter((entry) => entry.kind === 'film').map(({ externalId }) => externalId);
    expect(read.sort()).toEqual(films().sort());
    expect(new Set(all.map((entry) => entry.kind))).toEqual(new Set(['film', 'show', 'season', 'episode']));
    expect(all.filter((entry) => entry.kind === 'episode' && !entry.path)).toEqual([]);
    expect(all.some(({ ids }) => ids.tmdb !== null && ids.imdb !== null)).toBe(true);
  });

  test('T-22 everybody who can sign in is asked, nobody else', async () => {
    const users = valueOf(await watchServer().users());
    const enabled = people().filter(({ isDisabled }) => !isDisabled);
    expect(enabled.length).toBeLessThan(people().length);
    expect(users.map(({ name }) => name).sort()).toEqual(enabled.map(({ name }) => name).sort());
  });

  test('T-22 reads what each person touched, and only that', async () => {
    let finishedInAll = 0;
    for (const user of valueOf(await watchServer().users())) {
      const { all, end } = await collect(watchServer().marks(user));
      expect(end.ok).toBe(true);
      const known = Object.entries(server.state.marks[user.externalId] ?? {});
      const finished = known.filter(([id, { played }]) => played && films().includes(id)).map(([id]) => id);
      finishedInAll += finished.length;
      const read = new Map(all.map((mark) => [mark.mediaExternalId, mark]));
      const person = people().find(({ userId }) => userId === user.externalId);
      if (person?.libraries === null) expect(finished.filter((id) => !read.get(id)?.played)).toEqual([]);
      for (const [id, { lastAt, count }] of known.filter(([own]) => read.has(own) && films().includes(own)))
        expect(read.get(id)).toMatchObject({ lastPlayedAt: lastAt && new Date(lastAt), playCount: count });
      expect(
        all.every(
          (mark) =>
            mark.played || mark.playCount || mark.lastPlayedAt || mark.favourite || mark.positionPercent,
        ),
      ).toBe(true);
    }
    expect(finishedInAll).toBeGreaterThan(0);
  });

  test('the marks of a person are the same until that person does something, or somebody adds a film', async () => {
    const [user, other] = valueOf(await watchServer().users());
    if (!user || !other) throw new Error('nobody there');
    const digests: string[] = [];
    await collect(watchServer().marks(user, (digest) => void digests.push(digest)));
    const areSame = async () => valueOf(await watchServer().areMarksSame(user, digests));
    expect(await areSame()).toBe(true);
    expect(valueOf(await watchServer().areMarksSame(other, digests))).toBe(false);
    expect(valueOf(await watchServer().areMarksSame(user, []))).toBe(false);
    expect(valueOf(await watchServer().areMarksSame(user, ['0:of an older program']))).toBe(false);

    const marks = (server.state.marks[user.externalId] ??= {});
    const [film = ''] = films();
    marks[film] = {
      ...marks[film],
      isFavorite: true,
      played: true,
      count: 7,
      lastAt: '2026-01-01T00:00:00Z',
    } as never;
    expect(await areSame()).toBe(false);
    server.faults.add({ path: '/Items', kind: '500' });
    expect((await watchServer().areMarksSame(user, digests)).ok).toBe(false);
  });

  test('the entries are the same until somebody adds or renames one', async () => {
    const digests: string[] = [];
    await collect(watchServer().entries((digest) => void digests.push(digest)));
    const areSame = async (told = digests) => valueOf(await watchServer().areEntriesSame(told));
    expect(await areSame()).toBe(true);
    expect(await areSame([])).toBe(false);
    expect(await areSame(digests.slice(1))).toBe(false);
    server.faults.add({ path: '/Items', kind: '500' });
    expect((await watchServer().areEntriesSame(digests)).ok).toBe(false);
    server.faults.clear();

    const [row] = server.state.items.filter(({ kind }) => kind === 'Movie');
    if (!row) throw new Error('no film there');
    row.name = 'Another name';
    server.server.catalogue.forget();
    expect(await areSame()).toBe(false);
  });

  test.each(['short-page', 'html', 'truncated-json', 'drop', '500', '401', 'redirect'] as const)(
    'T-29 pages that come as "%s" are a failure, not an end',
    async (fault) => {
      server.faults.add({ path: '/Items', kind: fault });
      expect((await collect(watchServer().entries())).end.ok).toBe(false);
      const nobody = { externalId: '0123456789abcdef0123456789abcdef', name: 'x' };
      expect((await collect(watchServer().marks(nobody))).end.ok).toBe(false);
    },
  );

  test('tells what is being played now', async () => {
    const [item = ''] = films();
    const userId = people()[0]?.userId ?? '';
    server.state.playing = [{ userId, itemId: item, device: 'TV', client: 'App', positionTicks: 1 }];
    expect(valueOf(await watchServer().playing())).toEqual([
      { mediaExternalId: item, user: people()[0]?.name },
    ]);
  });

  test('T-28 a collection is made locked with its first member, found again by id, and by name when the id is lost', async () => {
    const [first = '', second = ''] = films();
    expect(valueOf(await shelf().openCollection('Leaving', null, null))).toBeNull();
    expect(asked('POST')).toEqual([]);
    const made = valueOf(await shelf().openCollection('Leaving', null, first));
    expect(made?.members).toEqual([first]);
    expect(asked('POST')[0]?.query).toMatch(/isLocked=true/i);
    valueOf(await shelf().addToCollection(made?.id ?? '', [second, second]));
    const again = valueOf(await shelf().openCollection('Another name', made?.id ?? null, first));
    expect(again?.id).toBe(made?.id);
    expect([...(again?.members ?? [])].sort()).toEqual([first, second].sort());
    expect(valueOf(await shelf().openCollection('Leaving', unknown, first))?.id).toBe(made?.id);
    expect(asked('POST').filter(({ path }) => path.toLowerCase() === '/collections')).toHaveLength(1);
  });

  test('T-20 an id that the server cannot read never opens or makes anything', async () => {
    expect(valueOf(await shelf().openCollection('Leaving', 'garbage', null))).toBeNull();
    expect(valueOf(await shelf().openCollection('Leaving', null, 'garbage'))).toBeNull();
    expect(asked('POST')).toEqual([]);
  });

  test('T-28 members go in small batches, and an unknown one does not keep the others out', async () => {
    const [first = '', ...rest] = films();
    const made = valueOf(await shelf().openCollection('Leaving', null, first));
    const id = made?.id ?? '';
    valueOf(await shelf().addToCollection(id, [...rest, unknown, 'garbage']));
    const members = valueOf(await shelf().openCollection('Leaving', id, null))?.members;
    expect([...(members ?? [])].sort()).toEqual(films().sort());
    valueOf(await shelf().removeFromCollection(id, [first, unknown]));
    expect(valueOf(await shelf().openCollection('Leaving', id, null))?.members).not.toContain(first);
    expect(await shelf().addToCollection(unknown, [first])).toMatchObject({
      ok: false,
      error: { code: 'step.refused' },
    });
  });

  test('T-28 many members never make an address that is too long', async () => {
    const items = server.state.items.filter((item) => item.kind === 'Episode' && !item.isVirtual);
    const [film = ''] = films();
    const made = valueOf(await shelf().openCollection('Leaving', null, film));
    const ids = items.map(({ id }) => id);
    valueOf(await shelf().addToCollection(made?.id ?? '', ids));
    expect(valueOf(await shelf().openCollection('Leaving', made?.id ?? null, null))?.members).toHaveLength(
      ids.length + 1,
    );
    expect(Math.max(...server.requests.map(({ query }) => query.length))).toBeLessThan(4_000);
  });

  test('a poster goes up as base64 text with the type of its picture', async () => {
    const made = valueOf(await shelf().openCollection('Leaving', null, films()[0] ?? ''));
    const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 1, 2, 3);
    valueOf(await shelf().setPoster(made?.id ?? '', png));
    expect(server.state.posters?.[made?.id ?? '']).toEqual({
      type: 'image/png',
      base64: Buffer.from(png).toString('base64'),
    });
  });

  test('T-20 the server is told to look, and nothing is ever deleted through it', async () => {
    valueOf(await shelf().tellRemoved(Array.from({ length: 250 }, (_, index) => `/movies/${String(index)}`)));
    expect(asked('POST').map(({ path }) => path)).toEqual([
      '/Library/Media/Updated',
      '/Library/Media/Updated',
    ]);
    expect(asked('DELETE')).toEqual([]);
  });
});
