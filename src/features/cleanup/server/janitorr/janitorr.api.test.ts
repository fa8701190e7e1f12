import { expect, test } from 'vitest';
import { template } from '../../core/janitorr/template.fake.ts';
import { janitorrApi } from './janitorr.api.ts';
import { fakeImport } from './janitorr.fake.ts';

async function ask(path: string, body: object, house = fakeImport()) {
  const response = await janitorrApi(house.service).request(`/import/janitorr${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  });
  const text = await response.text();
  return { status: response.status, text, json: JSON.parse(text) as Record<string, unknown> };
}

test('a file is read: each key with what becomes of it, and no secret', async () => {
  const { status, json, text } = await ask('', { text: template() });
  expect(status).toBe(200);
  expect(text).not.toContain('-secret');
  expect(json['keys']).toContainEqual({
    path: 'clients.radarr.api-key',
    isGiven: true,
    shown: null,
    isSecret: true,
    becomes: 'connection',
    noPlace: null,
    problem: null,
    variable: null,
  });
  expect(json['policies']).toHaveLength(5);
});

test('what is no file of Janitorr is refused with the line, and without its text', async () => {
  const { status, json, text } = await ask('', { text: 'application:\n\tkey: hidden-secret' });
  expect(status).toBe(400);
  expect(json).toMatchObject({ code: 'janitorr.not-yaml', line: 2 });
  expect(text).not.toContain('hidden-secret');
});

test('the comparison and the taking over answer as they are described', async () => {
  const house = fakeImport();
  const compared = await ask('/compare', { text: template(), only: 'differences' }, house);
  expect(compared.json).toMatchObject({ total: 0, unusable: [], onlyWeRemove: { items: 0, bytes: 0 } });
  const adopted = await ask(
    '/adopt',
    { text: template(), connections: ['radarr'], policies: ['films'] },
    house,
  );
  expect(adopted.json).toEqual({
    connections: [{ name: 'radarr', is: 'made' }],
    policies: [{ key: 'films', is: 'made', id: 'policy-1' }],
    settings: false,
  });
  expect(house.world.stored.policies[0]).toMatchObject({ name: 'Janitorr: films', timeZone: 'UTC' });
});

test('what is not asked for is not understood', async () => {
  expect((await ask('/compare', { text: template(), only: 'everything' })).status).toBe(400);
  expect((await ask('/adopt', { text: template(), armed: true })).status).toBe(400);
});
