import { beforeEach, expect, test } from 'vitest';
import { startJellyfin, type JellyfinSimulator } from '#tools/simulators/jellyfin/start.ts';
import {
  collect,
  promptHttp,
  requestProblems,
  smallHousehold,
  targetOf,
  valueOf,
} from '../simulated.fake.ts';
import { createJellyfinProber } from '../jellyfin/probe.ts';
import { createJellyfinShelf } from '../jellyfin/shelf.ts';
import { createJellyfinWatchServer } from '../jellyfin/watch-server.ts';

const household = smallHousehold();
const http = promptHttp();
let jellyfin: JellyfinSimulator;

beforeEach(async () => {
  jellyfin = await startJellyfin(household, { groupsCollections: true });
  return async () => {
    expect(requestProblems('jellyfin', jellyfin.requests)).toEqual([]);
    await jellyfin.close();
  };
});

const target = () => targetOf('jellyfin', jellyfin);
const watchServer = () => createJellyfinWatchServer(http, target());
const shelf = () => createJellyfinShelf(http, target());
const films = () => jellyfin.state.items.filter(({ kind }) => kind === 'Movie').map(({ id }) => id);
const asked = (method: string) => jellyfin.requests.filter((request) => request.method === method);
const UNKNOWN = '0123456789abcdef0123456789abcdef';

test('T-24 T-25 reads every film, show, season and episode that has a file', async () => {
  const { all, end } = await collect(watchServer().entries());
  expect(end).toEqual({ ok: true, value: undefined });
  expect(
    all
      .filter(({ kind }) => kind === 'film')
      .map(({ externalId }) => externalId)
      .sort(),
  ).toEqual(films().sort());
  expect(new Set(all.map(({ kind }) => kind))).toEqual(new Set(['film', 'show', 'season', 'episode']));
  expect(all.filter(({ kind, path }) => kind === 'episode' && !path)).toEqual([]);
});

test('T-22 everybody who can sign in is asked, nobody else', async () => {
  const users = valueOf(await watchServer().users());
  const enabled = jellyfin.world.household.people.filter(({ isDisabled }) => !isDisabled);
  expect(users.map(({ name }) => name).sort()).toEqual(enabled.map(({ name }) => name).sort());
});

test('T-22 reads what each person touched, and only that', async () => {
  for (const user of valueOf(await watchServer().users())) {
    const { all, end } = await collect(watchServer().marks(user));
    expect(end.ok).toBe(true);
    const known = Object.entries(jellyfin.state.marks[user.externalId] ?? {});
    const finished = known.filter(([id, { played }]) => played && films().includes(id)).map(([id]) => id);
    const read = new Set(all.filter(({ played }) => played).map(({ mediaExternalId }) => mediaExternalId));
    const person = jellyfin.world.household.people.find(({ userId }) => userId === user.externalId);
    if (person?.libraries === null) expect(finished.filter((id) => !read.has(id))).toEqual([]);
    expect(
      all.every(
        (mark) =>
          mark.played || mark.playCount || mark.lastPlayedAt || mark.favourite || mark.positionPercent,
      ),
    ).toBe(true);
  }
});

test.each(['short-page', 'html', 'truncated-json', 'drop', '500', '401', 'redirect'] as const)(
  'T-29 pages that come as "%s" are a failure, not an end',
  async (kind) => {
    jellyfin.faults.add({ path: '/Items', kind });
    expect((await collect(watchServer().entries())).end.ok).toBe(false);
    expect((await collect(watchServer().marks({ externalId: UNKNOWN, name: 'x' }))).end.ok).toBe(false);
  },
);

test('T-21 the key is sent in the one way that Jellyfin 12 takes', async () => {
  const twelve = await startJellyfin(household, { version: '12.0.0' });
  const { end } = await collect(createJellyfinWatchServer(http, targetOf('jellyfin', twelve)).entries());
  expect(end.ok).toBe(true);
  await twelve.close();
});

test('tells what is being played now', async () => {
  const playing = valueOf(await watchServer().playing());
  expect(playing.map(({ mediaExternalId }) => mediaExternalId).sort()).toEqual(
    jellyfin.state.playing.map(({ itemId }) => itemId).sort(),
  );
});

test('T-28 a collection is made locked with its first member, found again by id, and by name when the id is lost', async () => {
  const [first = '', second = ''] = films();
  expect(valueOf(await shelf().openCollection('Leaving', null, null))).toBeNull();
  const made = valueOf(await shelf().openCollection('Leaving', null, first));
  expect(made?.members).toEqual([first]);
  expect(asked('POST')[0]?.query).toContain('isLocked=true');
  valueOf(await shelf().addToCollection(made?.id ?? '', [second, second]));
  const again = valueOf(await shelf().openCollection('Another name', made?.id ?? null, first));
  expect(again?.id).toBe(made?.id);
  expect([...(again?.members ?? [])].sort()).toEqual([first, second].sort());
  expect(valueOf(await shelf().openCollection('Leaving', UNKNOWN, first))?.id).toBe(made?.id);
  expect(asked('POST').filter(({ path }) => path.toLowerCase() === '/collections')).toHaveLength(1);
});

test('T-20 an id that Jellyfin cannot read never opens something else', async () => {
  expect(valueOf(await shelf().openCollection('Leaving', 'garbage', null))).toBeNull();
});

test('T-28 members go in small batches, and an unknown one does not keep the others out', async () => {
  const [first = '', ...rest] = films();
  const made = valueOf(await shelf().openCollection('Leaving', null, first));
  const id = made?.id ?? '';
  valueOf(await shelf().addToCollection(id, [...rest, UNKNOWN, 'garbage']));
  expect(valueOf(await shelf().openCollection('Leaving', id, null))?.members).toHaveLength(films().length);
  valueOf(await shelf().removeFromCollection(id, [first, UNKNOWN]));
  expect(valueOf(await shelf().openCollection('Leaving', id, null))?.members).not.toContain(first);
  expect(await shelf().addToCollection(UNKNOWN, [first])).toMatchObject({
    ok: false,
    error: { code: 'step.refused' },
  });
});

test('a poster goes up as base64 text with the type of its picture', async () => {
  const made = valueOf(await shelf().openCollection('Leaving', null, films()[0] ?? ''));
  const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 1, 2, 3);
  valueOf(await shelf().setPoster(made?.id ?? '', png));
  expect(jellyfin.state.posters?.[made?.id ?? '']).toEqual({
    type: 'image/png',
    base64: Buffer.from(png).toString('base64'),
  });
});

test('T-20 Jellyfin is told to look, and nothing is ever deleted through it', async () => {
  valueOf(await shelf().tellRemoved(Array.from({ length: 250 }, (_, index) => `/movies/${String(index)}`)));
  expect(asked('POST').map(({ path }) => path)).toEqual(['/Library/Media/Updated', '/Library/Media/Updated']);
  expect(asked('DELETE')).toEqual([]);
});

test('the probe says what Jellyfin it is, and names what is wrong', async () => {
  const { probe, sampleFile } = createJellyfinProber(http);
  expect(await probe(target())).toMatchObject({ ok: true, value: { version: '10.11.11' } });
  expect(valueOf(await sampleFile(target()))).toMatch(/^\//);
  expect(await probe({ ...target(), key: 'wrong' })).toEqual({
    ok: false,
    error: { code: 'probe.key-refused' },
  });
  const old = await startJellyfin(household, { version: '10.8.13', urlBase: '/jf' });
  expect(await probe(targetOf('jellyfin', old))).toMatchObject({ error: { code: 'probe.version-too-old' } });
  const base = { ...targetOf('jellyfin', old), url: old.url.replace('/jf', '') };
  expect(await probe(base)).toMatchObject({ error: { code: 'probe.redirected' } });
  await old.close();
});
