import { OpenAPIHono } from '@hono/zod-openapi';
import { describe, expect, test } from 'vitest';
import { known } from '#core/fact.ts';
import type { UserId } from '#core/ids.ts';
import type { ApiEnv } from '#features/accounts/server/index.ts';
import type { Item } from '#features/library/core/item.ts';
import { aFilm } from '../../core/build.fake.ts';
import { mediaApi } from '../media/media.api.ts';
import { planningApi } from './planning.api.ts';
import { fakePlanning } from './planning.fake.ts';

const body = {
  name: 'Films',
  kind: 'disk-pressure',
  unit: 'film',
  tiers: [
    { freeBelowPercent: 20, maxAge: '6m' },
    { freeBelowPercent: 10, maxAge: '90d' },
  ],
  target: { unit: 'percent', value: 25 },
  caps: { items: 10, bytes: 500_000_000_000, libraryPercent: 100 },
};

function open(items: readonly Item[] = [aFilm()]) {
  const { service, world, stores } = fakePlanning({}, items);
  const api = new OpenAPIHono<ApiEnv>();
  api.use(async (c, next) => {
    c.set('person', { id: 'user-1' as UserId, name: 'Ana', username: 'ana', role: 'admin' });
    await next();
  });
  api.route('/', planningApi(service));
  const clock = { now: () => world.now };
  api.route('/', mediaApi({ planning: service, library: { findItem: async () => null }, clock }));

  const ask = async (method: string, path: string, json?: unknown) => {
    const response = await api.request(path, {
      method,
      ...(json === undefined
        ? {}
        : { body: JSON.stringify(json), headers: { 'content-type': 'application/json' } }),
    });
    const text = await response.text();
    return {
      status: response.status,
      json: (text === '' ? null : JSON.parse(text)) as Record<string, unknown>,
    };
  };
  const add = async (over: object = {}) => {
    const { json } = await ask('POST', '/schedules', { ...body, ...over });
    return json['id'] as string;
  };
  return { ask, add, world, service, stores, api };
}

describe('schedules', () => {
  test('a policy is added with times that people can read, and comes back so', async () => {
    const { ask } = open();
    const { status, json } = await ask('POST', '/schedules', body);
    expect(status).toBe(201);
    expect(json).toMatchObject({
      disarmed: false,
      missingTags: [],
      enabled: true,
      armed: false,
      armedAt: null,
      nextRunAt: '2026-06-02T04:00:00.000Z',
      lastPlan: null,
      policy: {
        ...body,
        tiers: [
          { freeBelowPercent: 10, maxAge: '90d' },
          { freeBelowPercent: 20, maxAge: '180d' },
        ],
        leavingSoon: '14d',
        favouritesProtect: true,
      },
    });
  });

  test('what is answered can be sent again', async () => {
    const { ask, add } = open();
    const id = await add({ leavingSoon: '0d' });
    const { json: schedule } = await ask('GET', `/schedules/${id}`);
    const saved = await ask('PUT', `/schedules/${id}`, schedule['policy']);
    expect(saved.status).toBe(200);
    expect(saved.json).toMatchObject({ policy: schedule['policy'] as object });
  });

  test.each<[string, object, string, string]>([
    [
      'a time without a unit',
      { tiers: [{ freeBelowPercent: 10, maxAge: '30' }] },
      'tiers.0.maxAge',
      'time-span.no-unit',
    ],
    [
      'half a day',
      { tiers: [{ freeBelowPercent: 10, maxAge: '12h' }] },
      'tiers.0.maxAge',
      'time-span.under-a-day',
    ],
    ['an unknown unit', { leavingSoon: '3 moons' }, 'leavingSoon', 'time-span.not-readable'],
    ['an unknown field', { deleteEverything: true }, 'deleteEverything', 'unknown-field'],
    ['an unknown kind', { unit: 'book' }, 'unit', 'not-a-choice'],
    ['a number as text', { target: { unit: 'percent', value: '25' } }, 'target.value', 'wrong-type'],
  ])('%s is refused where it stands', async (_what, over, path, code) => {
    const { ask, stores } = open();
    const { status, json } = await ask('POST', '/schedules', { ...body, ...over });
    expect(status).toBe(400);
    expect(json).toMatchObject({ code: 'request.invalid', errors: [{ path, code }] });
    expect(await stores.policies.list()).toEqual([]);
  });

  test('what is wrong between fields is told the same way', async () => {
    const { ask, stores } = open();
    const tiers = [
      { freeBelowPercent: 10, maxAge: '180d' },
      { freeBelowPercent: 20, maxAge: '14d' },
    ];
    const { status, json } = await ask('POST', '/schedules', {
      ...body,
      tiers,
      cron: 'x',
      target: { unit: 'percent', value: 5 },
    });
    expect(status).toBe(400);
    expect(json).toMatchObject({
      code: 'cleanup.policy-invalid',
      errors: [
        { path: 'cron', code: 'policy.cron-not-readable' },
        { path: 'tiers.1', code: 'policy.tier-within-leaving-soon' },
        { path: 'tiers.1', code: 'policy.tiers-not-monotonic' },
        { path: 'target', code: 'policy.target-below-highest-tier' },
      ],
    });
    expect(await stores.policies.list()).toEqual([]);
  });

  test('a policy is switched off and on, to a wish or to the other side', async () => {
    const { ask, add } = open();
    const id = await add();
    expect(await ask('POST', `/schedules/${id}/toggle`, {})).toMatchObject({
      status: 200,
      json: { enabled: false },
    });
    expect(await ask('POST', `/schedules/${id}/toggle`)).toMatchObject({
      status: 200,
      json: { enabled: true },
    });
    const wish = await ask('POST', `/schedules/${id}/toggle`, { enabled: true });
    expect(wish).toMatchObject({ status: 200, json: { enabled: true } });
  });

  test('arming is refused with its reason while a tag exists nowhere', async () => {
    const { ask, add, world } = open();
    const id = await add({ exclusionTags: ['Keep'] });
    expect(await ask('POST', `/schedules/${id}/arm`)).toMatchObject({
      status: 409,
      json: { code: 'cleanup.exclusion-tags-missing', tags: ['keep'] },
    });
    world.tags = known(['keep']);
    expect(await ask('POST', `/schedules/${id}/arm`)).toMatchObject({ status: 200, json: { armed: true } });
    expect(await ask('POST', `/schedules/${id}/disarm`)).toMatchObject({
      status: 200,
      json: { armed: false },
    });
  });

  test('what is not there is not found', async () => {
    const { ask } = open();
    for (const [method, path] of [
      ['GET', '/schedules/none'],
      ['DELETE', '/schedules/none'],
      ['POST', '/schedules/none/arm'],
      ['POST', '/schedules/none/toggle'],
      ['GET', '/schedules/none/preview'],
      ['POST', '/schedules/none/plan'],
      ['GET', '/plans/none'],
      ['GET', '/media/none'],
      ['GET', '/media/none/why'],
      ['POST', '/media/none/exclude'],
      ['DELETE', '/media/none/exclude'],
    ] as const) {
      expect(await ask(method, path)).toMatchObject({ status: 404, json: { status: 404 } });
    }
  });

  test('a policy is removed', async () => {
    const { ask, add } = open();
    const id = await add();
    expect((await ask('DELETE', `/schedules/${id}`)).status).toBe(204);
    expect((await ask('GET', '/schedules')).json).toEqual({ items: [] });
  });
});

describe('plans', () => {
  test('a preview says what would go and why, and stores nothing', async () => {
    const { ask, add } = open([aFilm(), aFilm(), aFilm({ fileCount: 0 })]);
    const id = await add({ leavingSoon: '0d' });
    const { json } = await ask('GET', `/schedules/${id}/preview?fate=remove&pageSize=1`);
    expect(json).toMatchObject({
      policyName: 'Films',
      totals: { remove: { items: 2 } },
      breaker: [],
      entries: {
        total: 2,
        items: [
          {
            fate: 'remove',
            position: 1,
            standing: 'due',
            steps: [{ check: 'scope', outcome: 'go-on' }, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}],
          },
        ],
      },
    });
    expect(await ask('GET', `/schedules/${id}`)).toMatchObject({ json: { lastPlan: null } });
  });

  test('what is not saved yet can be previewed', async () => {
    const { ask } = open();
    const { status, json } = await ask('POST', '/schedules/preview', { ...body, leavingSoon: '0d' });
    expect(status).toBe(200);
    expect(json).toMatchObject({ entries: { total: 1 }, totals: { remove: { items: 1 } } });
    expect(await ask('POST', '/schedules/preview', { ...body, name: '' })).toMatchObject({ status: 400 });
  });

  test('a plan is made, stored and read by pages, with the reason of a stop', async () => {
    const { ask, add, world } = open();
    world.sources = world.sources.filter((source) => source.kind !== 'jellyfin');
    const id = await add();
    const made = await ask('POST', `/schedules/${id}/plan`);
    expect(made.status).toBe(201);
    const { json } = await ask('GET', `/plans/${String(made.json['id'])}?page=1&pageSize=10`);
    expect(json).toMatchObject({
      breaker: [{ code: 'breaker.source-missing', kind: 'media-server' }],
      entries: { items: [{ fate: 'leaving-soon' }], total: 1 },
    });
    world.busy = true;
    expect((await ask('POST', `/schedules/${id}/plan`)).status).toBe(409);
  });
});

describe('media', () => {
  test('an item is kept by hand, for ever or until a day, and let go again', async () => {
    const film = aFilm();
    const { ask, add, service } = open([film]);
    await add();
    await service.planAll();
    expect((await ask('GET', '/leaving')).json).toMatchObject({
      items: [{ itemId: film.id, policyName: 'Films' }],
    });

    const kept = await ask('POST', `/media/${film.id}/exclude`, {
      until: '2026-07-01T00:00:00+02:00',
      note: 'ours',
    });
    expect(kept).toMatchObject({
      status: 200,
      json: { until: '2026-06-30T22:00:00.000Z', note: 'ours', byName: 'Ana' },
    });
    expect((await ask('GET', '/leaving')).json).toEqual({ items: [] });
    expect(await ask('GET', `/media/${film.id}/why`)).toMatchObject({
      json: { items: [{ policyName: 'Films', standing: 'protected' }] },
    });
    expect((await ask('DELETE', `/media/${film.id}/exclude`)).status).toBe(204);
    expect(await ask('POST', `/media/${film.id}/exclude`)).toMatchObject({
      status: 200,
      json: { until: null },
    });
  });

  test('a day that has gone by, or is no day, is refused', async () => {
    const film = aFilm();
    const { ask } = open([film]);
    expect(await ask('POST', `/media/${film.id}/exclude`, { until: '2020-01-01T00:00:00Z' })).toMatchObject({
      status: 400,
      json: { code: 'cleanup.until-is-past', errors: [{ path: 'until' }] },
    });
    expect(await ask('POST', `/media/${film.id}/exclude`, { until: 'tomorrow' })).toMatchObject({
      status: 400,
      json: { errors: [{ path: 'until' }] },
    });
  });

  test('a filter that means nothing is refused', async () => {
    const { ask } = open();
    expect(
      await ask('GET', '/media?page=2&pageSize=10&type=film&type=show&sort=size&direction=down'),
    ).toMatchObject({
      status: 200,
      json: { items: [], total: 0 },
    });
    for (const filter of [
      'status=gone',
      'page=0',
      'pageSize=100000',
      'minBytes=-1',
      'sort=colour',
      'type=book',
    ]) {
      expect((await ask('GET', `/media?${filter}`)).status).toBe(400);
    }
  });
});

test('the description of the API can be made from the routes', () => {
  const { api } = open();
  const description = api.getOpenAPI31Document({ openapi: '3.1.0', info: { title: 'x', version: '1' } });
  expect(Object.keys(description.paths ?? {})).toContain('/schedules/{id}/arm');
});
