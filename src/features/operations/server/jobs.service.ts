import type { JobState, QueueName } from '#core/queues.ts';
import { err, ok, type Result } from '#core/result.ts';
import type { JobDesk, JobFilter, ListedJob } from '#server/platform/queue.ts';
import {
  mayCancel,
  mayRetry,
  raised,
  retention,
  type JobProblem,
  type JobView,
  type TimetableView,
} from '../core/jobs.ts';
import { createQueuesService } from './queues.service.ts';

export type JobsQuery = {
  queue?: QueueName | undefined;
  state?: JobState | undefined;
  name?: string | undefined;
  text?: string | undefined;
};

type Deps = {
  desk: JobDesk;
  /** Every job of the program, and its queue. */
  known: () => readonly { name: string; queue: QueueName }[];
  log: { info(what: string, facts: object): void };
  /** Some jobs run in other processes, and nobody here hears of what happens to them. */
  elsewhere: boolean;
};

/** Failed jobs that are tried again in one go. */
const AT_ONCE = 500;

export type JobsService = ReturnType<typeof createJobsService>;

export function createJobsService({ desk, known, log, elsewhere }: Deps) {
  const namesOf = (queue: QueueName): string[] =>
    known().flatMap((job) => (job.queue === queue ? [job.name] : []));

  function filterOf({ queue, state, name, text }: JobsQuery): JobFilter {
    const names = queue && namesOf(queue).filter((one) => name === undefined || one === name);
    return {
      ...(names ? { names } : name === undefined ? {} : { names: [name] }),
      ...(state === undefined ? {} : { state }),
      ...(text === undefined ? {} : { text }),
    };
  }

  function view({ cursor: _cursor, ...job }: ListedJob): JobView {
    const queue = known().find(({ name }) => name === job.name)?.queue ?? null;
    return { ...job, queue };
  }

  async function find(id: string): Promise<Result<JobView, JobProblem>> {
    const names = known().map(({ name }) => name);
    const job = await desk.find(names, id);
    return job ? ok(view(job)) : err({ code: 'operations.job-not-found' });
  }

  type Change = {
    allowed: (state: JobState) => boolean;
    act: (job: JobView) => Promise<boolean>;
    refusal: (state: JobState) => JobProblem;
    says: string;
  };

  /** Gives the job as it is afterwards; or what was in the way, which may have come in the meantime. */
  async function change(id: string, by: string, { allowed, act, refusal, says }: Change) {
    const found = await find(id);
    if (!found.ok) return found;
    const { name, state } = found.value;
    if (!allowed(state) || !(await act(found.value))) return err(refusal(state));
    log.info(says, { id, job: name, by });
    return find(id);
  }

  const prioritize = (id: string, by: string, wanted: (job: JobView) => number) =>
    change(id, by, {
      allowed: (state) => state === 'waiting',
      act: (job) => desk.setPriority(job, wanted(job)),
      refusal: (state) => ({ code: 'operations.job-not-waiting', state }),
      says: 'a job has another priority',
    });

  return {
    ...createQueuesService({ desk, known, log }),
    find,

    async list(query: JobsQuery & { after?: string | null | undefined; limit: number }) {
      const { after = null, limit } = query;
      const listed = await desk.list({ ...filterOf(query), after, limit: limit + 1 });
      const page = listed.slice(0, limit);
      return {
        items: page.map(view),
        next: listed.length > limit ? (page.at(-1)?.cursor ?? null) : null,
      };
    },

    count: (query: JobsQuery): Promise<number> => desk.count(filterOf(query)),
    known,
    elsewhere,

    retry: (id: string, by: string) =>
      change(id, by, {
        allowed: mayRetry,
        act: (job) => desk.retry(job),
        refusal: (state) =>
          state === 'cancelled'
            ? { code: 'operations.job-same-waits' }
            : { code: 'operations.job-not-retriable', state },
        says: 'a job is tried again',
      }),

    cancel: (id: string, by: string) =>
      change(id, by, {
        allowed: mayCancel,
        act: (job) => desk.cancel(job),
        refusal: (state) => ({ code: 'operations.job-over', state }),
        says: 'a job is cancelled',
      }),

    setPriority: (id: string, priority: number, by: string) => prioritize(id, by, () => priority),
    /** Before everything that waits with the usual priority. */
    raise: (id: string, by: string) => prioritize(id, by, ({ priority }) => raised(priority)),

    /** All failed ones that pass; those that fail again meanwhile are not asked a second time. */
    async retryFailed(query: Omit<JobsQuery, 'state'>, by: string): Promise<number> {
      let retried = 0;
      let after: string | null = null;
      for (;;) {
        const page: ListedJob[] = await desk.list({
          ...filterOf({ ...query, state: 'failed' }),
          after,
          limit: AT_ONCE,
        });
        for (const [name, jobs] of Map.groupBy(page, (job) => job.name))
          retried += await desk.retryAll(
            name,
            jobs.map(({ id }) => id),
          );
        after = page.at(-1)?.cursor ?? null;
        if (page.length < AT_ONCE) break;
      }
      log.info('failed jobs are tried again', { jobs: retried, by });
      return retried;
    },

    async timetables(): Promise<TimetableView[]> {
      const all = await desk.timetables();
      const soon = (next: Date | null): number => next?.getTime() ?? Infinity;
      return all
        .map(({ name, ...more }) => ({ job: name, ...more }))
        .toSorted((a, b) => soon(a.next) - soon(b.next) || a.job.localeCompare(b.job));
    },

    forgetOld: (): Promise<number> => desk.forget(retention),
  };
}
