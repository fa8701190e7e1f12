import { expect, test } from 'vitest';
import { startEmby } from '#tools/simulators/emby/start.ts';
import { startJellyfin } from '#tools/simulators/jellyfin/start.ts';
import { collect, promptHttp, smallHousehold, targetOf, valueOf } from '../simulated.fake.ts';
import { createJellyfinProber } from './probe.ts';
import { createJellyfinWatchServer } from './watch-server.ts';

const household = smallHousehold();
const http = promptHttp();

test('T-21 J-99 the key is sent in the one way that Jellyfin 12 takes', async () => {
  const twelve = await startJellyfin(household, { version: '12.0.0' });
  const { end } = await collect(createJellyfinWatchServer(http, targetOf('jellyfin', twelve)).entries());
  expect(end.ok).toBe(true);
  await twelve.close();
});

test('the probe says what Jellyfin it is, and names what is wrong', async () => {
  const { probe, sampleFile } = createJellyfinProber(http);
  const jellyfin = await startJellyfin(household);
  const target = targetOf('jellyfin', jellyfin);
  expect(await probe(target)).toMatchObject({ ok: true, value: { version: '10.11.11' } });
  expect(valueOf(await sampleFile(target))).toMatch(/^\//);
  expect(await probe({ ...target, key: 'wrong' })).toEqual({
    ok: false,
    error: { code: 'probe.key-refused' },
  });
  await jellyfin.close();
  const old = await startJellyfin(household, { version: '10.8.13', urlBase: '/jf' });
  expect(await probe(targetOf('jellyfin', old))).toMatchObject({ error: { code: 'probe.version-too-old' } });
  const base = { ...targetOf('jellyfin', old), url: old.url.replace('/jf', '') };
  expect(await probe(base)).toMatchObject({ error: { code: 'probe.redirected' } });
  await old.close();
});

test('an Emby is not taken for a Jellyfin', async () => {
  const emby = await startEmby(household);
  expect(await createJellyfinProber(http).probe(targetOf('jellyfin', emby))).toMatchObject({
    error: { code: 'probe.wrong-product', expected: 'jellyfin', found: 'Emby' },
  });
  await emby.close();
});
