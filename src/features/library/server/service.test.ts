import { expect, test } from 'vitest';
import type { RunId } from '#core/ids.ts';
import { ok } from '#core/result.ts';
import { anItem, aSource, jellyfinId } from '../core/build.fake.ts';
import { aRun, fakeClock, fakeReader, fakeRuns, fakeSources } from './ports.fake.ts';
import { createLibraryService } from './service.ts';
import type { SourceRow } from './store.ports.ts';

function setup(rows: SourceRow[] = []) {
  const clock = fakeClock();
  const runs = fakeRuns();
  const ran: string[] = [];
  const { sources, sourceList } = fakeSources([{ id: jellyfinId, kind: 'jellyfin' }]);
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
  const { service } = setup([{ ...aSource({ lastSuccessAt: at }), playing: [], playingReadAt: at }]);
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
  const { service, ran, clock } = setup([
    { ...aSource({ lastSuccessAt: at }), playing: [], playingReadAt: at },
  ]);
  await service.freshen();
  expect(ran).toEqual([]);
  clock.pass(1);
  await service.freshen();
  expect(ran).toHaveLength(1);
  const never = setup();
  await never.service.freshen();
  expect(never.ran).toHaveLength(1);
});
