import { expect, test } from 'vitest';
import type { ModelProblem } from '#features/enrichment/core/model.ts';
import { permanentFailure, retryLater } from '#server/platform/jobs.ts';
import { searchJobs } from './jobs.ts';
import type { Embedded } from './meaning/embedding.service.ts';

const context = { signal: new AbortController().signal, jobId: 'j', progress: () => undefined };
const counts = { read: 1, written: 1, removed: 0 };

function jobs(done: Embedded, written = 1) {
  const asked: string[] = [];
  const indexed = () => Promise.resolve({ ...counts, written });
  const all = searchJobs({
    indexing: { catchUp: indexed, sweep: indexed, rebuild: indexed },
    embedding: {
      run: () => Promise.resolve(done),
      forgetOrphans: () => Promise.resolve(void asked.push('forget')).then(() => 0),
    },
    embedSoon: () => Promise.resolve(void asked.push('embed')),
    log: { info: () => undefined },
  });
  return { ...all, asked };
}

const stopped = (problem: ModelProblem) => jobs({ is: 'stopped', problem }).embed.runRaw({}, context);

test('what was written is embedded soon, and what did not change is not', async () => {
  const changed = jobs({ is: 'off' });
  await changed.index.runRaw({ kind: 'post' }, context);
  expect(changed.asked).toEqual(['embed']);
  const same = jobs({ is: 'off' }, 0);
  await same.index.runRaw({ kind: 'post' }, context);
  expect(same.asked).toEqual([]);
});

test('the night forgets what nothing needs, and looks for what was left out in any case', async () => {
  const { sweep, asked } = jobs({ is: 'off' }, 0);
  await sweep.runRaw({}, context);
  expect(asked).toEqual(['forget', 'embed']);
});

test('a model that says "later" is asked later, and one that only people can mend is not asked again', async () => {
  expect(await stopped({ code: 'model.rate-limited', retryAfterMs: 2500 })).toEqual(
    retryLater(3, 'model.rate-limited: 2500'),
  );
  expect(await stopped({ code: 'model.rate-limited', retryAfterMs: null })).toEqual(
    retryLater(60, 'model.rate-limited'),
  );
  expect(await stopped({ code: 'model.key-refused' })).toEqual(permanentFailure('model.key-refused'));
  await expect(stopped({ code: 'model.server-error', status: 502 })).rejects.toThrow(
    'model.server-error: 502',
  );
});

test('what ended well says nothing', async () => {
  for (const done of [{ is: 'off' }, { is: 'whole', embedded: 3 }] as const)
    expect(await jobs(done).embed.runRaw({}, context)).toBeUndefined();
});
