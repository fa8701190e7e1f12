import { describe, expect, test } from 'vitest';
import { known } from '#core/fact.ts';
import type { ConnectionId } from '#core/ids.ts';
import { aFilm, daysAgo, radarr, sonarr } from '../../core/build.fake.ts';
import { draftKeys } from '../../core/janitorr/drafts.ts';
import { template } from '../../core/janitorr/template.fake.ts';
import { fakeImport } from './janitorr.fake.ts';
import type { ImportWords } from './janitorr.world.ts';

const words: ImportWords = {
  names: {
    films: 'Films',
    shows: 'Shows',
    'film-tags': 'Film tags',
    'show-tags': 'Show tags',
    episodes: 'Daily',
  },
  timeZone: 'Europe/Madrid',
};
const everything = {
  connections: ['radarr', 'sonarr', 'jellyfin', 'jellyseerr', 'jellystat'] as const,
  policies: draftKeys,
  settings: true,
};
const filter = { offset: 0, limit: 50 };
const read = async (text: string, house = fakeImport()) => {
  const reading = await house.service.read(text, words);
  if (!reading.ok) throw new Error(reading.error.code);
  return reading.value;
};

describe('reading', () => {
  test('tells what becomes of a file, and stores nothing', async () => {
    const house = fakeImport();
    const { connections, policies, settings } = await read(template(), house);
    expect(connections.ready.map(({ name }) => name)).toEqual([
      'radarr',
      'sonarr',
      'jellyfin',
      'jellyseerr',
      'jellystat',
    ]);
    expect(connections.off).toEqual(['emby']);
    expect(policies.map(({ key }) => key)).toEqual(draftKeys);
    expect(settings.collectionNames?.films).toBe('Movies (Leaving Soon)');
    expect(house.world.stored).toEqual({ services: [], policies: [], settings: [] });
    expect(house.world.tested).toEqual([]);
  });

  test('no key of the file comes back, in any answer', async () => {
    const house = fakeImport();
    const adopted = await house.service.adopt(template(), everything, words);
    const compared = await house.service.compare(template(), {
      words,
      diskId: null,
      isWarned: false,
      filter,
    });
    const told = JSON.stringify([await read(template(), house), adopted, compared]);
    expect(told).not.toContain('-secret');
  });

  test('a service that is connected already is named, whatever the spelling of its address', async () => {
    const house = fakeImport();
    house.world.connections.push({ id: radarr, kind: 'radarr', name: 'Films', url: 'http://radarr:7878' });
    const text = template(undefined, { 'http://radarr:7878': 'http://RADARR:7878/' });
    const { connections } = await read(text, house);
    expect(connections.ready[0]).toMatchObject({ name: 'radarr', existing: 'Films' });
    expect(connections.ready[1]).toMatchObject({ name: 'sonarr', existing: null });
  });

  test('J-08: of several Radarrs the policy is for the one of the file, and for all when none is', async () => {
    const house = fakeImport();
    house.world.connections.push(
      { id: radarr, kind: 'radarr', name: 'Films', url: 'http://radarr:7878' },
      { id: 'radarr02' as ConnectionId, kind: 'radarr', name: '4K', url: 'http://radarr4k:7878' },
    );
    const [films] = (await read(template(), house)).policies;
    expect(films?.draft.connectionIds).toEqual([radarr]);
    const elsewhere = template(undefined, { 'http://radarr:7878': 'http://192.168.1.2:7878' });
    const [every] = (await read(elsewhere, house)).policies;
    expect(every?.draft.connectionIds).toEqual([]);
    expect(every?.notes).toContainEqual({ code: 'every-instance' });
  });

  test('J-47: what cannot be saved is told beside the policy', async () => {
    const house = fakeImport();
    house.world.invalid = ({ unit }) => unit === 'film';
    const { policies } = await read(template(), house);
    expect(policies.map(({ problems }) => problems.length)).toEqual([1, 0, 1, 0, 0]);
  });

  test('what is no file of Janitorr is refused', async () => {
    expect(await fakeImport().service.read('nothing: here', words)).toMatchObject({
      ok: false,
      error: { code: 'janitorr.nothing-known' },
    });
  });
});

describe('comparing', () => {
  const old = { newestFileAt: known(daysAgo(400)), oldestImportAt: known(daysAgo(400)) };

  test('puts both beside each other, filtered and by pages', async () => {
    const house = fakeImport();
    house.world.connections.push(
      { id: radarr, kind: 'radarr', name: 'Radarr', url: 'http://radarr:7878' },
      { id: sonarr, kind: 'sonarr', name: 'Sonarr', url: 'http://sonarr:8989' },
    );
    house.world.items = [aFilm(old), aFilm(old), aFilm({ tags: known(['keep']) })];
    const ask = async (over: object) => {
      const compared = await house.service.compare(template(), {
        words,
        diskId: null,
        isWarned: false,
        filter: { ...filter, ...over },
      });
      if (!compared.ok) throw new Error(compared.error.code);
      return compared.value;
    };
    const all = await ask({});
    expect(all.total).toBe(3);
    expect(all.janitorr).toMatchObject({ delete: { items: 2 }, keep: { items: 1 } });
    expect(all.onlyJanitorrRemoves.items).toBe(2);
    expect(all.space).toMatchObject({ found: 'path', freePercent: 5 });
    expect((await ask({ only: 'janitorr-removes' })).total).toBe(2);
    expect((await ask({ only: 'we-remove' })).total).toBe(0);
    const second = await ask({ only: 'differences', offset: 1, limit: 1 });
    expect([second.total, second.items.length]).toEqual([2, 1]);
    expect((await ask({ difference: 'cap' })).total).toBe(0);
    expect(house.world.stored.policies).toEqual([]);
  });

  test('a policy that cannot be saved is named, and counts as removing nothing', async () => {
    const house = fakeImport();
    house.world.connections.push({ id: radarr, kind: 'radarr', name: 'Radarr', url: 'http://radarr:7878' });
    house.world.invalid = ({ unit }) => unit === 'film';
    house.world.items = [aFilm(old)];
    const compared = await house.service.compare(template(), {
      words,
      diskId: null,
      isWarned: false,
      filter,
    });
    expect(compared).toMatchObject({
      ok: true,
      value: { unusable: ['films', 'film-tags'], items: [{ difference: 'policy-unusable' }] },
    });
  });
});

describe('taking over', () => {
  test('services are tested first, and one that is silent is not made', async () => {
    const house = fakeImport();
    house.world.silent.add('jellyfin');
    const adopted = await house.service.adopt(template(), everything, words);
    expect(adopted).toMatchObject({
      ok: true,
      value: {
        connections: [
          { name: 'radarr', is: 'made' },
          { name: 'sonarr', is: 'made' },
          { name: 'jellyfin', is: 'test-failed', problem: { code: 'probe.timed-out' } },
          { name: 'jellyseerr', is: 'made' },
          { name: 'jellystat', is: 'made' },
        ],
      },
    });
    expect(house.world.tested).toHaveLength(5);
    expect(house.world.stored.services[0]).toEqual({
      kind: 'radarr',
      name: 'Radarr',
      url: 'http://radarr:7878',
      key: 'radarr-secret',
    });
    expect(house.world.syncs).toBe(1);
    const again = await house.service.adopt(template(), { ...everything, policies: [] }, words);
    expect(again).toMatchObject({
      value: { connections: [{ is: 'already-there' }, { is: 'already-there' }, {}, {}, {}] },
    });
  });

  test('only what is wanted is taken, and a wrong policy is not', async () => {
    const house = fakeImport();
    house.world.invalid = ({ unit }) => unit === 'film';
    const adopted = await house.service.adopt(
      template(),
      { connections: [], policies: ['films', 'shows'], settings: false },
      words,
    );
    expect(adopted).toMatchObject({
      ok: true,
      value: {
        connections: [],
        settings: false,
        policies: [
          { key: 'films', is: 'invalid' },
          { key: 'shows', is: 'made' },
        ],
      },
    });
    expect(house.world.stored.policies.map(({ name }) => name)).toEqual(['Shows']);
    expect(house.world.stored.settings).toEqual([]);
  });

  test('the text survives between two pages sealed, and what was sealed elsewhere does not open', () => {
    const { service } = fakeImport();
    const sealed = service.seal(template());
    expect(sealed).not.toContain('radarr-secret');
    expect(service.unseal(sealed)).toEqual({ ok: true, value: template() });
    expect(service.unseal('v1.other')).toEqual({ ok: false, error: { code: 'janitorr.not-kept' } });
  });
});
