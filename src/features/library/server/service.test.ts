import { expect, test } from 'vitest';
import { known, unknown } from '#core/fact.ts';
import type { ConnectionId, RunId } from '#core/ids.ts';
import { ok } from '#core/result.ts';
import { anItem, aSource, jellyfinId } from '../core/build.fake.ts';
import { fakeClock, fakeReader, fakeSources } from './ports.fake.ts';
import { aRun, fakeRuns } from './runs.fake.ts';
import { createLibraryService } from './service.ts';
import type { SourceRow } from './store.ports.ts';

type Listed = Parameters<typeof fakeSources>[0][number];
const embyId = 'emby0001' as ConnectionId;

const aRow = (at: Date | null, over: Partial<SourceRow> = {}): SourceRow => ({
  ...aSource({ lastSuccessAt: at }),
  playing: [],
  playingReadAt: at,
  users: ['Ana'],
  ...over,
});

function setup(rows: SourceRow[] = [], kinds: readonly Listed[] = [{ id: jellyfinId, kind: 'jellyfin' }]) {
  const clock = fakeClock();
  const runs = fakeRuns();
  const ran: string[] = [];
  const { sources, sourceList } = fakeSources([...kinds]);
  const reader = fakeReader({
    sources: async () => rows,
    async *readItems() {
      yield [anItem()];
    },
  });
  const service = createLibraryService({
    reader,
    runs,
    sync: async (run) => {
      ran.push(run.id);
      return ok('done' as const);
    },
    sourceList,
    sources,
    startSync: async () => undefined,
    clock,
    newId: () => 'new-run',
  });
  return { service, runs, ran, clock };
}

const first = async (service: ReturnType<typeof setup>['service']) => {
  for await (const batch of service.readItems()) return batch[0];
  return undefined;
};

test('a media server that is switched on and was never read makes watching unknown', async () => {
  const { service } = setup();
  expect((await first(service))?.watch).toEqual({ known: false, why: 'media-server-stale' });
});

test('what a media server told a moment ago is believed', async () => {
  const at = fakeClock().now();
  const { service } = setup([aRow(at)]);
  expect(await first(service)).toEqual(anItem());
});

test('the time table makes a run of its own', async () => {
  const { service, ran, runs } = setup();
  await service.runSync(null);
  expect(ran).toEqual(['new-run']);
  expect(await runs.list(9)).toHaveLength(1);
});

test.each([
  ['queued', 1],
  ['interrupted', 1],
  ['running', 1],
  ['done', 0],
  ['failed', 0],
] as const)('a job whose run is %s runs %i times', async (state, times) => {
  const { service, ran, runs } = setup();
  await runs.add(aRun({ state }));
  await service.runSync('run-1' as RunId);
  expect(ran).toHaveLength(times);
});

test('before a run the services are read again, unless that was just done (T-32)', async () => {
  const at = fakeClock().now();
  const { service, ran, clock } = setup([aRow(at)]);
  await service.freshen();
  expect(ran).toEqual([]);
  clock.pass(1);
  await service.freshen();
  expect(ran).toHaveLength(1);
  const never = setup();
  await never.service.freshen();
  expect(never.ran).toHaveLength(1);
});

const both = [
  { id: jellyfinId, kind: 'jellyfin' },
  { id: embyId, kind: 'emby' },
] as const;
const now = fakeClock().now();
const emby = (at: Date | null, over: Partial<SourceRow> = {}) =>
  aRow(at, { connectionId: embyId, kind: 'emby', users: ['ANA', 'Rosa'], ...over });

test('C-01: everybody is the union of those who can sign in at any media server, each once', async () => {
  const { service } = setup([aRow(now, { users: ['Ana', 'Marcos'] }), emby(now)], both);
  expect(await service.mediaUsers()).toEqual(known(['Ana', 'Marcos', 'Rosa']));
});

test.each([
  ['was never read', []],
  ['was read too long ago', [emby(new Date(now.getTime() - 48 * 3_600_000))]],
  ['could not be read', [emby(now, { problem: { code: 'sync.empty', had: 3 } })]],
  ['told nobody', [emby(now, { users: [] })]],
])('C-01: when one media server %s, nobody knows who everybody is', async (_name, rows) => {
  const { service } = setup([aRow(now), ...rows], both);
  expect(await service.mediaUsers()).toEqual(unknown('media-server-stale'));
});

test('C-01: without a media server nobody is everybody', async () => {
  expect(await setup([], []).service.mediaUsers()).toEqual(unknown('no-media-server'));
});

test('C-01: one media server that was not read makes watching unknown, also for what only the other has', async () => {
  const { service } = setup([aRow(now), emby(null)], both);
  expect((await first(service))?.watch).toEqual(unknown('media-server-stale'));
});
