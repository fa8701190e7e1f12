import { expect, test } from 'vitest';
import { retryLater } from '#server/platform/jobs.ts';
import type { CreditRun } from './credits.service.ts';
import { creditsJob } from './jobs.ts';

const context = { signal: new AbortController().signal, jobId: 'j', progress: () => undefined };

async function asked(run: Partial<CreditRun>) {
  let changes = 0;
  const job = creditsJob({ ask: async () => ({ asked: 3, changed: 0, problems: [], ...run }) }, async () => {
    changes += 1;
  });
  return { outcome: await job.runRaw({}, context), changes };
}

test('search hears of credits that changed, and of nothing else', async () => {
  expect(await asked({ changed: 2 })).toEqual({ outcome: undefined, changes: 1 });
  expect(await asked({})).toEqual({ outcome: undefined, changes: 0 });
});

test('a media server that could not be asked is asked again later, and the Jobs page says why', async () => {
  const problem = { code: 'read.timed-out', what: 'credits', afterMs: 1 } as const;
  expect(await asked({ changed: 1, problems: [{ server: 'Home', problem }] })).toEqual({
    outcome: retryLater(3600, 'Home: read.timed-out'),
    changes: 1,
  });
});
