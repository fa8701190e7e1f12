import { expect, test } from 'vitest';
import { retryLater } from '#server/platform/jobs.ts';
import type { CreditRun, CreditService } from './credits.service.ts';
import { creditsJob } from './jobs.ts';
import { fakeClock } from './ports.fake.ts';

const told: CreditRun = { asked: 3, changed: 0, problems: [] };

async function run(ask: (tell: () => void, clock: ReturnType<typeof fakeClock>) => Promise<CreditRun>) {
  const clock = fakeClock();
  const stop = new AbortController();
  const said: number[] = [];
  const credits: CreditService = { ask: ({ progress }) => ask(() => progress({ done: 100 }), clock) };
  const job = creditsJob({ credits, tellSearch: async () => void said.push(clock.now().getTime()), clock });
  const start = clock.now().getTime();
  const outcome = () => job.runRaw({}, { signal: stop.signal, jobId: 'j', progress: () => undefined });
  return { outcome, stop, saidAfter: () => said.map((at) => (at - start) / 3_600_000) };
}

test('search hears of the titles once, when it is known who made them', async () => {
  const { outcome, saidAfter } = await run(async (tell) => {
    tell();
    return told;
  });
  expect(await outcome()).toBeUndefined();
  expect(saidAfter()).toEqual([0]);
});

test('when that takes long, search does not wait for all of it', async () => {
  const { outcome, saidAfter } = await run(async (tell, clock) => {
    for (let batch = 0; batch < 3; batch += 1) {
      clock.pass(1);
      tell();
    }
    clock.pass(1);
    return told;
  });
  await outcome();
  expect(saidAfter()).toEqual([1, 4]);
});

test('a media server that could not be asked is asked again later, and the Jobs page says why', async () => {
  const problem = { code: 'read.timed-out', what: 'credits', afterMs: 1 } as const;
  const { outcome, saidAfter } = await run(async () => ({
    ...told,
    problems: [{ server: 'Home', problem }],
  }));
  expect(await outcome()).toEqual(retryLater(3600, 'Home: read.timed-out'));
  expect(saidAfter()).toEqual([0]);
});

test('when it breaks, search hears of the titles all the same, unless the program stops', async () => {
  const broken = await run(() => Promise.reject(new Error('broken')));
  await expect(broken.outcome()).rejects.toThrow('broken');
  expect(broken.saidAfter()).toEqual([0]);
  const stopped = await run(() => Promise.reject(new Error('stopped')));
  stopped.stop.abort();
  await expect(stopped.outcome()).rejects.toThrow('stopped');
  expect(stopped.saidAfter()).toEqual([]);
});
