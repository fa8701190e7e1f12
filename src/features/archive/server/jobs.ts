import { z } from 'zod';
import type { PostId, SourceId } from '#core/ids.ts';
import { defineJob, nothingDone, type Job } from '#server/platform/jobs.ts';
import type { Look } from './sources/glances.ts';
import type { SourceTimetable } from './sources/sources.service.ts';
import type { PostService } from './sync/post.service.ts';
import type { createReplayService } from './sync/replay.service.ts';
import type { createSyncService } from './sync/sync.service.ts';

const sourceId = z.string().transform((id) => id as SourceId);
const postId = z.string().transform((id) => id as PostId);

export type ArchiveJobDeps = {
  syncing: ReturnType<typeof createSyncService>;
  posts: PostService;
  replaying: ReturnType<typeof createReplayService>;
  checkAll: (signal: AbortSignal) => Promise<void>;
  look: (id: SourceId, signal: AbortSignal) => Promise<Look>;
  startSync: (id: SourceId) => Promise<unknown>;
  log: { info: (what: string, facts: object) => void; warn: (what: string, facts: object) => void };
};

export type ArchiveJobs = ReturnType<typeof archiveJobs>;

/** What is left to do stands in the rows of posts; a job that is lost is found again by the next sync. */
export function archiveJobs({ syncing, posts, replaying, checkAll, look, startSync, log }: ArchiveJobDeps) {
  const sync = defineJob({
    name: 'archive.sync',
    queue: 'archive',
    payload: z.object({ sourceId, startedBy: z.string().nullable() }),
    singletonKey: (payload) => payload.sourceId,
    run: async (payload, { signal, progress }) => {
      const end = await syncing.sync(payload.sourceId, payload.startedBy, { signal, progress });
      if (end.is === 'not-openable')
        log.warn('a source could not be read', { source: payload.sourceId, why: end.problem.code });
    },
  });

  /** The source has rested. Not `sync` itself with a later start: it would stand in the way of a person who asks now. */
  const goOn = defineJob({
    name: 'archive.go-on',
    queue: 'maintenance',
    payload: z.object({ sourceId }),
    singletonKey: (payload) => payload.sourceId,
    run: async (payload) => void (await startSync(payload.sourceId)),
  });

  const post = defineJob({
    name: 'archive.post',
    queue: 'archive',
    payload: z.object({ postId }),
    singletonKey: (payload) => payload.postId,
    run: async (payload, { signal }) => {
      const end = await posts.read(payload.postId, signal);
      if (end.is === 'failed') throw new Error(reasonOf(end.problem));
    },
  });

  const check = defineJob({
    name: 'archive.check-sources',
    queue: 'maintenance',
    payload: z.object({}),
    cron: '30 7 * * *',
    singletonKey: () => 'check',
    run: async (_payload, { signal }) => checkAll(signal),
  });

  /**
   * Every minute, of each source that is watched. A look that failed is followed by another one soon; one that found
   * nothing is no news: the source itself says when it was last looked at, and what is wrong.
   */
  const watch = defineJob({
    name: 'archive.watch',
    queue: 'maintenance',
    payload: z.object({ sourceId }),
    retries: 0,
    singletonKey: (payload) => payload.sourceId,
    run: async (payload, { signal }) =>
      (await look(payload.sourceId, signal)) === 'nothing-new' ? nothingDone : undefined,
  });

  const replay = defineJob({
    name: 'archive.replay',
    queue: 'maintenance',
    payload: z.object({ all: z.boolean() }),
    singletonKey: () => 'replay',
    run: async ({ all }, { signal, progress }) => {
      const done = await replaying.replay({ all, signal, progress });
      for (const { read, ...facts } of done)
        if (read > 0) log.info('posts were read again', { read, ...facts });
    },
  });

  return { sync, goOn, post, check, watch, replay };
}

const reasonOf = (problem: { code: string; reason?: string }): string =>
  problem.reason ? `${problem.code}: ${problem.reason}` : problem.code;

const EVERY_MINUTE = '* * * * *';

type Timetable = {
  schedule<T>(job: Job<T>, key: string, cron: string, timeZone: string, payload: T): Promise<void>;
  unschedule(job: { name: string }, key: string): Promise<void>;
};

/** The queue's time table follows the sources: call it with each source at start, and whenever one is saved. */
export const keepSourceTimetable = (
  queue: Timetable,
  { sync, watch }: Pick<ArchiveJobs, 'sync' | 'watch'>,
  isWatched: (plugin: string) => boolean,
): SourceTimetable => ({
  async saved({ id, plugin, enabled, cron, timeZone }) {
    if (enabled) await queue.schedule(sync, id, cron, timeZone, { sourceId: id, startedBy: null });
    else await queue.unschedule(sync, id);
    if (enabled && isWatched(plugin)) await queue.schedule(watch, id, EVERY_MINUTE, 'UTC', { sourceId: id });
    else await queue.unschedule(watch, id);
  },
  async removed(id) {
    await queue.unschedule(sync, id);
    await queue.unschedule(watch, id);
  },
});
