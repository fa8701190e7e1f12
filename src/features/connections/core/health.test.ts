import { expect, test } from 'vitest';
import { err, ok } from '#core/result.ts';
import type { Health, Identity } from './connection.ts';
import { nextHealth } from './health.ts';
import { checkVersion } from './version.ts';

const before = new Date('2026-01-01T00:00:00Z');
const now = new Date('2026-01-02T00:00:00Z');
const fine: Identity = { product: 'Radarr', version: '6.0.3', warnings: [] };
const online: Health = { state: 'online', since: before, product: 'Radarr', version: '5.0.0' };

test('the first good test puts a service online from now on', () => {
  expect(nextHealth({ state: 'untested' }, ok(fine), now)).toEqual({
    state: 'online',
    since: now,
    product: 'Radarr',
    version: '6.0.3',
  });
});

test('a service that stays online keeps its since, and shows its new version', () => {
  expect(nextHealth(online, ok(fine), now)).toEqual({ ...online, version: '6.0.3' });
});

test('a warning makes it degraded from now on, with the first reason', () => {
  const probe = ok({ ...fine, warnings: ['root folder is missing', 'another'] });
  expect(nextHealth(online, probe, now)).toMatchObject({
    state: 'degraded',
    since: now,
    why: 'root folder is missing',
  });
});

test('another reason for being offline does not begin it anew', () => {
  const refused = nextHealth(online, err({ code: 'probe.key-refused' }), before);
  expect(nextHealth(refused, err({ code: 'probe.html-answer' }), now)).toEqual({
    state: 'offline',
    since: before,
    why: { code: 'probe.html-answer' },
  });
});

test.each([
  ['radarr', '5.0.0.1', true],
  ['radarr', '4.7.5.7809', false],
  ['sonarr', '4.0.19.2979', true],
  ['sonarr', '3.0.10', false],
  ['jellyfin', '10.9.0', true],
  ['jellyfin', '10.8.13', false],
  ['jellyfin', '12.0.0', true],
  ['seerr', 'develop-abc', true],
] as const)('%s %s is new enough: %s', (kind, version, isFine) => {
  expect(checkVersion(kind, version).ok).toBe(isFine);
});
