import { beforeEach, expect, test } from 'vitest';
import { startEmby, type EmbySimulator } from '#tools/simulators/emby/start.ts';
import { startJellyfin } from '#tools/simulators/jellyfin/start.ts';
import { collect, promptHttp, smallHousehold, targetOf, valueOf } from '../simulated.fake.ts';
import { createEmbyProber } from './probe.ts';
import { createEmbyShelf } from './shelf.ts';
import { createEmbyWatchServer } from './watch-server.ts';

const household = smallHousehold();
const http = promptHttp();
let emby: EmbySimulator;

beforeEach(async () => {
  emby = await startEmby(household);
  return () => emby.close();
});

const target = () => targetOf('emby', emby);
const marksOf = async (server: EmbySimulator) => {
  const watchServer = createEmbyWatchServer(http, targetOf('emby', server));
  const [user] = valueOf(await watchServer.users());
  if (!user) throw new Error('the house has no user');
  return collect(watchServer.marks(user));
};

test('T-22 the count and the date are asked for, because Emby leaves them out of a list otherwise', async () => {
  const { all } = await marksOf(emby);
  expect(all.some(({ lastPlayedAt, playCount }) => lastPlayedAt !== null && playCount > 0)).toBe(true);
});

test('T-22 a server that does not tell the count has not answered: absent is unknown, not zero', async () => {
  const mute = await startEmby(household, { hidesPlayCount: true });
  expect((await marksOf(mute)).end).toMatchObject({ ok: false, error: { code: 'read.bad-answer' } });
  await mute.close();
});

test('T-22 a list of users that is shorter than it says is a failure', async () => {
  emby.faults.add({ path: '/Users/Query', kind: 'short-page' });
  expect(await createEmbyWatchServer(http, target()).users()).toMatchObject({ ok: false });
});

test('the key travels in a header that Emby reads, and never in an address', async () => {
  valueOf(await createEmbyWatchServer(http, target()).users());
  expect(emby.requests.every(({ headers }) => headers['x-emby-token'] === emby.apiKey)).toBe(true);
  expect(emby.requests.some(({ query }) => query.includes(emby.apiKey))).toBe(false);
});

test('T-20 no DELETE ever goes to Emby, not even to take a film out of a collection', async () => {
  const shelf = createEmbyShelf(http, target());
  const films = emby.state.items.filter(({ kind }) => kind === 'Movie').map(({ id }) => id);
  const made = valueOf(await shelf.openCollection('Leaving', null, films[0] ?? ''));
  valueOf(await shelf.addToCollection(made?.id ?? '', films));
  valueOf(await shelf.removeFromCollection(made?.id ?? '', films.slice(1)));
  valueOf(await shelf.tellRemoved(['/films/a.mkv']));
  expect(valueOf(await shelf.openCollection('Leaving', null, null))?.members).toEqual(films.slice(0, 1));
  expect(emby.requests.filter(({ method }) => method === 'DELETE')).toEqual([]);
  expect(emby.state.items.filter(({ kind }) => kind === 'Movie')).toHaveLength(films.length);
});

test.each(['', '/emby'])('the probe takes the address with "%s" at its end', async (base) => {
  const { probe, sampleFile } = createEmbyProber(http);
  const at = { ...target(), url: `${emby.url}${base}` };
  expect(await probe(at)).toEqual({
    ok: true,
    value: { product: 'Emby', version: '4.9.1.90', warnings: [] },
  });
  expect(valueOf(await sampleFile(at))).toMatch(/^\//);
});

test('the probe names a wrong key, an old version, a server that starts and another product', async () => {
  const { probe } = createEmbyProber(http);
  expect(await probe({ ...target(), key: 'wrong' })).toMatchObject({ error: { code: 'probe.key-refused' } });
  emby.server.isStarting = true;
  expect(await probe(target())).toMatchObject({ error: { code: 'probe.starting' } });
  const old = await startEmby(household, { version: '4.7.14.0' });
  expect(await probe(targetOf('emby', old))).toMatchObject({
    error: { code: 'probe.version-too-old', needs: '4.8' },
  });
  await old.close();
  const jellyfin = await startJellyfin(household);
  expect(await probe(targetOf('emby', jellyfin))).toMatchObject({
    error: { code: 'probe.wrong-product', expected: 'emby', found: 'Jellyfin Server' },
  });
  await jellyfin.close();
});
