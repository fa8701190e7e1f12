import { expect, test, vi } from 'vitest';
import type { Plugin, Source } from '#features/archive/server/ports.ts';
import type { FaultKind } from '#tools/simulators/faults.ts';
import type { PatreonSimulator } from '#tools/simulators/patreon/start.ts';
import { simulatedPatreon, type sessionOf } from '../harness.fake.ts';
import { errorOf, MAPS, never, usePatreon, valueOf } from './simulated.fake.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 }); // pictures and films are made when they are first asked for

let patreon: PatreonSimulator;
let plugin: Plugin;
let session: ReturnType<typeof sessionOf>;
let source: Source;
usePatreon((place) => ({ patreon, plugin, session, source } = place));

test('current_user: the cookie says whose it is and until when', async () => {
  expect(valueOf(await source.check(never))).toEqual({
    name: 'Demo Keeper',
    expiresAt: new Date('2026-12-20T12:00:00Z'),
  });
});

test('current_user: a dead cookie is signed out, in whatever way Patreon says it', async () => {
  patreon.act.endSession();
  expect(errorOf(await source.check(never))).toEqual({ code: 'source.signed-out' });
  patreon.act.set({ deadSession: '401' });
  expect(errorOf(await source.creators(never))).toEqual({ code: 'source.signed-out' });
});

test('creators come with their tiers, their words and their pictures', async () => {
  const creators = valueOf(await source.creators(never));
  expect(creators.map(({ name }) => name)).toContain('Maps & Marrow');
  for (const creator of creators) {
    expect(creator.postCount).toBeGreaterThan(100);
    expect(creator.membership).toBe('paid');
    expect(creator.tiers.length).toBeGreaterThan(1);
    expect(creator.summary).not.toMatch(/<|&amp;/);
    expect(creator.avatar?.address).toContain(patreon.cdnUrl);
  }
});

test('another avatar is told by another version, and one that is gone is not found', async () => {
  const avatarOf = async () => {
    const creators = valueOf(await source.creators(never));
    const found = creators.find(({ externalId }) => externalId === MAPS)?.avatar;
    if (!found) throw new Error('Maps & Marrow has no face');
    return found;
  };
  const before = await avatarOf();
  patreon.act.changeAvatar(MAPS);
  const after = await avatarOf();
  expect(after.version).not.toBe(before.version);
  expect(errorOf(await source.picture(before.address, never))).toEqual({ code: 'source.not-found' });
  valueOf(await source.picture(after.address, never)).body.destroy();
});

const refusals: readonly (readonly [FaultKind, object])[] = [
  ['401', { code: 'source.signed-out' }],
  ['login-page', { code: 'source.signed-out' }],
  ['redirect', { code: 'source.signed-out' }],
  ['challenge', { code: 'source.challenge' }],
  ['403', { code: 'source.forbidden' }],
  ['not-found', { code: 'source.not-found' }],
  ['upgrade', { code: 'source.user-agent-refused' }],
  ['bad-request', { code: 'source.bad-request' }],
  ['429', { code: 'source.rate-limited', retryAfterMs: 40_000 }],
  ['500', { code: 'source.server-error', status: 500 }],
  ['503', { code: 'source.server-error', status: 503 }],
  ['truncated-json', { code: 'source.bad-answer' }],
  ['wrong-type', { code: 'source.bad-answer' }],
  ['drop', { code: 'source.bad-answer' }],
  ['long-length', { code: 'source.bad-answer' }],
  ['timeout', { code: 'source.timed-out' }],
];

test.each(refusals)('refusals: %s has a name of its own, and is asked once only', async (kind, problem) => {
  patreon.faults.add({ path: '/api/current_user', kind, retryAfterS: 40 });
  const asking = kind === 'timeout' ? simulatedPatreon(patreon, { timeoutMs: 1000 }).open(session) : source;
  expect(errorOf(await asking.check(never))).toMatchObject(problem);
  expect(session.questions()).toBe(1);
  expect(patreon.requests.filter(({ path }) => path === '/api/current_user')).toHaveLength(1);
});

test('426: an old app is told apart', async () => {
  const old = {
    ...session,
    settings: { ...session.settings, userAgent: 'Patreon/72.2.28 (Android; Android 14)' },
  };
  expect(errorOf(await plugin.open(old).check(never))).toEqual({ code: 'source.user-agent-refused' });
});

test('nobody at the address is unreachable', async () => {
  await patreon.close();
  expect(errorOf(await source.check(never))).toMatchObject({ code: 'source.unreachable' });
});
