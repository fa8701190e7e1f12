import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { usualSettings } from '../core/settings.ts';
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
