import { z } from 'zod';
import { isForPeople, problemText, type ModelProblem } from '#features/enrichment/core/model.ts';
import {
  defineJob,
  permanentFailure,
  retryLater,
  type JobContext,
  type JobOutcome,
} from '#server/platform/jobs.ts';
import type { IndexCounts, IndexService } from './index.service.ts';
import type { Embedded, EmbeddingService } from './meaning/embedding.service.ts';

export type SearchJobDeps = {
  indexing: Pick<IndexService, 'catchUp' | 'sweep' | 'rebuild'>;
  embedding: EmbeddingService;
  /** Asks for the job that embeds, if there is a model for it. */
  embedSoon: () => Promise<void>;
  log: { info: (what: string, facts: object) => void };
};

/** When a model says "not so many" without saying when. */
const CALM_SECONDS = 60;

/** A job that is lost is made good by the next one of its kind, or by the night. */
export function searchJobs({ indexing, embedding, embedSoon, log }: SearchJobDeps) {
  const tell = async (what: string, counts: IndexCounts): Promise<void> => {
    if (counts.written + counts.removed > 0) log.info(what, counts);
    if (counts.written > 0) await embedSoon();
  };
  return {
    index: defineJob({
      name: 'search.index',
      queue: 'search',
      payload: z.object({ kind: z.enum(['post', 'item']) }),
      singletonKey: ({ kind }) => kind,
      run: async ({ kind }, context: JobContext) =>
        tell('what changed can be found', await indexing.catchUp(kind, context)),
    }),
    sweep: defineJob({
      name: 'search.sweep',
      queue: 'search',
      payload: z.object({}),
      cron: '20 4 * * *',
      singletonKey: () => 'all',
      run: async (_payload, context: JobContext) => {
        await tell('the search index was looked through', await indexing.sweep(context));
        const forgotten = await embedding.forgetOrphans();
        if (forgotten > 0) log.info('vectors that nothing needs are gone', { forgotten });
        await embedSoon();
      },
    }),
    rebuild: defineJob({
      name: 'search.rebuild',
      queue: 'search',
      payload: z.object({}),
      singletonKey: () => 'all',
      run: async (_payload, context: JobContext) =>
        tell('the search index was made anew', await indexing.rebuild(context)),
    }),
    embed: defineJob({
      name: 'search.embed',
      queue: 'search',
      payload: z.object({}),
      retries: 5,
      backoff: { firstSeconds: 60, maxSeconds: 3600 },
      singletonKey: () => 'all',
      run: async (_payload, context: JobContext) => {
        const done = await embedding.run(context);
        if (done.is === 'whole' && done.embedded > 0)
          log.info('what is new can be found by its meaning', { embedded: done.embedded });
        return outcomeOf(done);
      },
    }),
  };
}

/** What only a person can mend is not tried again: saving the model, and the night, ask for the job anew. */
function outcomeOf(done: Embedded): JobOutcome | undefined {
  if (done.is !== 'stopped') return undefined;
  const problem: ModelProblem = done.problem;
  if (problem.code === 'model.rate-limited') {
    const seconds = problem.retryAfterMs === null ? CALM_SECONDS : Math.ceil(problem.retryAfterMs / 1000);
    return retryLater(Math.max(1, seconds), problemText(problem));
  }
  if (isForPeople(problem)) return permanentFailure(problemText(problem));
  throw new Error(problemText(problem));
}
