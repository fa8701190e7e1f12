import { describe, expect, test } from 'vitest';
import type { PolicyId } from '#core/ids.ts';
import { err, ok } from '#core/result.ts';
import { aRun } from '../core/removal/removal.fake.ts';
import { aPolicy } from './execution/execution.fake.ts';
import type { ExecutionService } from './execution/execution.service.ts';
import { cleanupJobs, keepTimetable } from './jobs.ts';

const context = (signal = new AbortController().signal) => ({
  signal,
  jobId: 'j1',
  progress: () => undefined,
});
const payload = { policyId: 'policy-1' as PolicyId, startedBy: 'schedule', byName: null } as const;

function jobsOver(run: ExecutionService['run']) {
  const calls: string[] = [];
  const execution: ExecutionService = {
    run,
    resume: async () => {
      calls.push('resume');
      return ok([]);
    },
  };
  const leavingSoon = {
    update: async () => {
      calls.push('leaving soon');
      return { failed: 0 };
    },
  };
  const freshen = async () => void calls.push('freshen');
  return { jobs: cleanupJobs(execution, leavingSoon, freshen), calls };
}

describe('cleanup.run', () => {
  test('hears the house, runs the policy and then brings the collections up to date', async () => {
    const { jobs, calls } = jobsOver(async () => ok(aRun()));
    await jobs.run.runRaw(payload, context());
    expect(calls).toEqual(['freshen', 'leaving soon']);
    expect(jobs.run.keyOf(payload)).toBe('policy-1');
  });

  test('is never repeated by the queue, and tells when the library stayed busy', async () => {
    const { jobs } = jobsOver(async () => err({ code: 'cleanup.library-busy' }));
    await expect(jobs.run.runRaw(payload, context())).rejects.toThrow('cleanup.library-busy');
    expect(jobs.run.retries).toBe(0);
  });

  test('ends quietly when the program stops: the run is parked', async () => {
    const stopped = AbortSignal.abort();
    const { jobs, calls } = jobsOver(async () => err({ code: 'cleanup.library-busy' }));
    await jobs.run.runRaw(payload, context(stopped));
    expect(calls).toEqual([]);
  });
});

test('the time table holds enabled policies and lets go of the others (J-02)', async () => {
  const table = new Map<string, string>();
  const queue = {
    schedule: async (_job: unknown, key: string, cron: string, timeZone: string) =>
      void table.set(key, `${cron} ${timeZone}`),
    unschedule: async (_job: unknown, key: string) => void table.delete(key),
  };
  const { jobs } = jobsOver(async () => ok(aRun()));
  const { saved, removed } = keepTimetable(queue, jobs);
  await saved(aPolicy({ cron: '0 4 * * *', timeZone: 'Europe/Madrid' }));
  expect([...table]).toEqual([['policy-1', '0 4 * * * Europe/Madrid']]);
  await saved(aPolicy({ enabled: false }));
  expect(table.size).toBe(0);
  await removed('policy-1' as PolicyId);
});
