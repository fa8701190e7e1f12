import { expect, test } from 'vitest';
import type { ConnectionId } from '#core/ids.ts';
import { err, ok } from '#core/result.ts';
import { linksApi } from './links.api.ts';

const connectionId = 'jelly001' as ConnectionId;

test('tells how the links stand, with what is wrong', async () => {
  const api = linksApi({
    state: async () => [
      {
        connectionId,
        name: 'Jellyfin',
        links: 3,
        updatedAt: new Date('2026-11-01T10:00:00Z'),
        problem: { code: 'links.library-taken', name: 'Films' },
        leftLibraries: ['Old'],
      },
    ],
    test: async () => ok([]),
  });
  expect(await (await api.request('/settings/links')).json()).toEqual([
    {
      connectionId,
      name: 'Jellyfin',
      links: 3,
      updatedAt: '2026-11-01T10:00:00.000Z',
      problem: { code: 'links.library-taken', name: 'Films' },
      leftLibraries: ['Old'],
    },
  ]);
});

test('T-60: the test answers for each media server, and is refused without a folder', async () => {
  const proof = { is: 'file-not-seen', file: '/data/a.mkv' } as const;
  const state = async () => [];
  const api = linksApi({ state, test: async () => ok([{ connectionId, name: 'Jellyfin', proof }]) });
  expect(await (await api.request('/settings/links/test', { method: 'POST' })).json()).toEqual([
    { connectionId, name: 'Jellyfin', proof },
  ]);
  const without = linksApi({ state, test: async () => err({ code: 'links.no-folder' }) });
  const refused = await without.request('/settings/links/test', { method: 'POST' });
  expect([refused.status, await refused.json()]).toMatchObject([409, { code: 'links.no-folder' }]);
});
