import type { JobState, QueueName } from '#core/queues.ts';
import { timetableWords } from '#features/cleanup/ui/policy-words.ts';
import { m } from '#i18n/messages.js';
import type { Tone } from '#ui/Badge.svelte';
import { readCronStep } from '../core/cron-step.ts';
import type { JobProblem, JobView } from '../core/jobs.ts';

/** What people call a job. Every job that is defined has a name here; a test looks. */
export const jobNames: Readonly<Record<string, () => string>> = {
  'library.sync': m.jobs_name_library_sync,
  'library.ask-credits': m.jobs_name_library_ask_credits,
  'cleanup.plan': m.jobs_name_cleanup_plan,
  'cleanup.run': m.jobs_name_cleanup_run,
  'cleanup.resume': m.jobs_name_cleanup_resume,
  'cleanup.leaving-soon': m.jobs_name_cleanup_leaving_soon,
  'cleanup.restore': m.jobs_name_cleanup_restore,
  'connections.test-all': m.jobs_name_connections_test_all,
  'notifications.deliver': m.jobs_name_notifications_deliver,
  'notifications.sweep': m.jobs_name_notifications_sweep,
  'enrichment.derive': m.jobs_name_enrichment_derive,
  'enrichment.sweep': m.jobs_name_enrichment_sweep,
  'enrichment.transcribe': m.jobs_name_enrichment_transcribe,
  'enrichment.find-speech': m.jobs_name_enrichment_find_speech,
  'enrichment.recognise': m.jobs_name_enrichment_recognise,
  'enrichment.take-out-pictures': m.jobs_name_enrichment_take_out_pictures,
  'archive.sync': m.jobs_name_archive_sync,
  'archive.go-on': m.jobs_name_archive_go_on,
  'archive.post': m.jobs_name_archive_post,
  'archive.check-sources': m.jobs_name_archive_check_sources,
  'archive.watch': m.jobs_name_archive_watch,
  'archive.replay': m.jobs_name_archive_replay,
  'search.index': m.jobs_name_search_index,
  'search.sweep': m.jobs_name_search_sweep,
  'search.rebuild': m.jobs_name_search_rebuild,
  'search.embed': m.jobs_name_search_embed,
  'archive.media': m.jobs_name_archive_media,
  'archive.media-upkeep': m.jobs_name_archive_media_upkeep,
  'archive.media-verify': m.jobs_name_archive_media_verify,
  'operations.forget-jobs': m.jobs_name_operations_forget_jobs,
};

/** A job of another version may still wait; its technical name is better than none. */
export const jobName = (name: string): string => jobNames[name]?.() ?? name;

export const queueWords: Readonly<Record<QueueName, () => string>> = {
  archive: m.jobs_queue_archive,
  media: m.jobs_queue_media,
  enrichment: m.jobs_queue_enrichment,
  search: m.jobs_queue_search,
  cleanup: m.jobs_queue_cleanup,
  maintenance: m.jobs_queue_maintenance,
};

export const stateWords: Readonly<Record<JobState, () => string>> = {
  waiting: m.jobs_state_waiting,
  active: m.jobs_state_active,
  completed: m.jobs_state_completed,
  cancelled: m.jobs_state_cancelled,
  failed: m.jobs_state_failed,
};

export const stateTones: Readonly<Record<JobState, Tone>> = {
  waiting: 'neutral',
  active: 'accent',
  completed: 'success',
  cancelled: 'warning',
  failed: 'error',
};

export const problemWords: Readonly<Record<JobProblem['code'], () => string>> = {
  'operations.job-not-found': m.jobs_problem_gone,
  'operations.job-not-retriable': m.jobs_problem_not_retriable,
  'operations.job-same-waits': m.jobs_problem_same_waits,
  'operations.job-over': m.jobs_problem_over,
  'operations.job-not-waiting': m.jobs_problem_not_waiting,
};

/** "Try 2 of 3"; while it waits for another one, the tries that are over. */
export const triesText = ({ tries, mostTries }: Pick<JobView, 'tries' | 'mostTries'>): string =>
  tries === 0 ? m.jobs_tries_none() : m.jobs_tries({ tries, most: mostTries });

/** "Every 5 minutes", "Every day at 04:00 (Europe/Madrid)", or the cron line. */
export function whenText({ cron, timeZone }: { cron: string; timeZone: string }): string {
  const step = readCronStep(cron);
  if (step?.every === 'minutes') return m.jobs_every_minutes({ count: step.count });
  if (step?.every === 'hours') return m.jobs_every_hours({ count: step.count });
  if (step?.every === 'hour') return m.jobs_every_hour({ minute: step.minute });
  return timetableWords({ cron, timeZone });
}
