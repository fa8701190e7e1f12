import { z } from 'zod';
import { defineJob, type JobContext } from '#server/platform/jobs.ts';
import type { IndexCounts, IndexService } from './index.service.ts';

export type SearchJobDeps = {
  indexing: Pick<IndexService, 'catchUp' | 'sweep' | 'rebuild'>;
  log: { info: (what: string, facts: object) => void };
};

/** A job that is lost is made good by the next one of its kind, or by the night. */
export function searchJobs({ indexing, log }: SearchJobDeps) {
  const tell = (what: string, counts: IndexCounts) => {
    if (counts.written + counts.removed > 0) log.info(what, counts);
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
      run: async (_payload, context: JobContext) =>
        tell('the search index was looked through', await indexing.sweep(context)),
    }),
    rebuild: defineJob({
      name: 'search.rebuild',
      queue: 'search',
      payload: z.object({}),
      singletonKey: () => 'all',
      run: async (_payload, context: JobContext) =>
        tell('the search index was made anew', await indexing.rebuild(context)),
    }),
  };
}
