import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import { usualSettings } from '../../core/policy/settings.ts';
import { settingsApi } from './settings.api.ts';
import { createSettingsService } from './settings.service.ts';
import { createSettingsStore } from './settings.store.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
}, 30_000);
afterAll(() => database.close());

test('what nobody changed has its usual value; a change touches nothing else', async () => {
  let told = 0;
  const service = createSettingsService(createSettingsStore(database.db), () => (told += 1));
  expect(await service.read()).toEqual(usualSettings);

  await service.change({ filmCollection: 'Se irán pronto' });
  await service.change({ posterLanguage: 'es' });

  expect(await service.read()).toEqual({
    ...usualSettings,
    collectionNames: { ...usualSettings.collectionNames, films: 'Se irán pronto' },
    posterLanguage: 'es',
  });
  expect(told).toBe(2);
});

test.each([
  [{ leavingSoon: '14' }, 'leavingSoon'],
  [{ leavingSoon: '2h' }, 'leavingSoon'],
  [{ leavingSoon: '400d' }, 'leavingSoon'],
  [{ exclusionTags: 'keep' }, 'exclusionTags'],
  [{ filmCollection: '' }, 'filmCollection'],
  [{ colour: 'red' }, 'colour'],
  [{ filmSurface: 'everywhere' }, 'filmSurface'],
  [{ showSurface: 'links' }, 'linkFolder'],
  [{ filmSurface: 'both', linkFolder: null }, 'linkFolder'],
  [{ linkFolder: 'leaving' }, 'linkFolder'],
  [{ linkFolder: '/data/../etc' }, 'linkFolder'],
  [{ valueWeights: { size: 4, unwatched: 1, rating: 1, rarity: 1 } }, 'valueWeights.size'],
  [{ valueWeights: { size: 1, unwatched: 1, rating: 1 } }, 'valueWeights.rarity'],
])('%j is refused beside %s and changes nothing', async (body, path) => {
  const api = settingsApi(createSettingsService(createSettingsStore(database.db), () => undefined));
  const before: unknown = await (await api.request('/settings')).json();
  const response = await api.request('/settings', {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const problem = (await response.json()) as { errors: { path: string }[] };
  expect(response.status).toBe(400);
  expect(problem.errors[0]?.path).toBe(path);
  expect(await (await api.request('/settings')).json()).toEqual(before);
});

test('J-117: each kind has a surface of its own, and links need a folder as long as they are wanted', async () => {
  const api = settingsApi(createSettingsService(createSettingsStore(database.db), () => undefined));
  const patch = async (body: object) => {
    const response = await api.request('/settings', {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as object };
  };
  expect(await patch({ showSurface: 'links', linkFolder: '/data/leaving/' })).toMatchObject({
    status: 200,
    body: { filmSurface: 'collection', showSurface: 'links', linkFolder: '/data/leaving' },
  });
  expect(await patch({ filmSurface: 'both', filmLibrary: 'Se van' })).toMatchObject({
    status: 200,
    body: { filmSurface: 'both', showSurface: 'links', filmLibrary: 'Se van' },
  });
  expect(await patch({ linkFolder: null })).toMatchObject({ status: 400 });
  expect(await patch({ linkFolder: null, filmSurface: 'none', showSurface: 'collection' })).toMatchObject({
    status: 200,
    body: { linkFolder: null },
  });
});

test('G13: how much each part of the value counts is set as a whole', async () => {
  const api = settingsApi(createSettingsService(createSettingsStore(database.db), () => undefined));
  const valueWeights = { size: 2, unwatched: 0.5, rating: 0, rarity: 3 };
  const response = await api.request('/settings', {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ valueWeights }),
  });
  expect(response.status).toBe(200);
  expect(await (await api.request('/settings')).json()).toMatchObject({ valueWeights });
});
