import { redirect, type Cookies } from '@sveltejs/kit';
import { MOST_CONCURRENCY } from '#core/queues.ts';
import type { Result } from '#core/result.ts';
import type { JobProblem, JobView } from '#features/operations/core/jobs.ts';
import {
  concurrencyForm,
  failedForm,
  jobForm,
  jobsQuery,
  queueForm,
} from '#features/operations/server/jobs.schemas.ts';
import { jobName, problemWords, queueWords } from '#features/operations/ui/job-words.ts';
import { m } from '#i18n/messages.js';
import { safeNext } from '#ui/cookies.ts';
import { leaveFlash, type Flash } from '#ui/flash.ts';
import { readForm } from '#ui/form.ts';
import { live } from '#ui/topics.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const PAGE_SIZE = 50;

export const load: PageServerLoad = async ({ locals, url, depends }) => {
  depends(live('jobs'));
  const { jobs } = locals.app;
  const asked = jobsQuery.safeParse(Object.fromEntries(url.searchParams));
  const query = asked.success ? asked.data : {};
  const { queue, name, text, state, after } = query;
  const [queues, { items, next }, failed] = await Promise.all([
    jobs.queues(),
    jobs.list({ ...query, limit: PAGE_SIZE }),
    state === undefined || state === 'failed' ? jobs.count({ queue, name, text, state: 'failed' }) : 0,
  ]);
  return {
    queues,
    jobs: items,
    next,
    /** How many would be tried again by the button above the list. */
    failed,
    kinds: jobs.known(),
    elsewhere: jobs.elsewhere,
    filter: { queue: queue ?? '', state: state ?? '', name: name ?? '', text: text ?? '' },
    after: after ?? '',
  };
};

/** What was pressed is old news when it does not fit: the page is shown again as it is now. */
const stale = (): Flash => ({ tone: 'warning', text: m.jobs_problem_gone() });

function leave(cookies: Cookies, flash: Flash, back: string): never {
  leaveFlash(cookies, flash);
  redirect(303, safeNext(back));
}

/** One press on a button beside a job. */
async function withJob(
  { request, locals, cookies }: RequestEvent,
  act: (id: string, by: string) => Promise<Result<JobView, JobProblem>>,
  says: (job: JobView) => string,
): Promise<never> {
  const form = await readForm(request, jobForm);
  if (!form.ok || !locals.user) return leave(cookies, stale(), '/jobs');
  const done = await act(form.value.id, locals.user.name);
  const flash: Flash = done.ok
    ? { tone: 'success', text: says(done.value) }
    : { tone: 'warning', text: problemWords[done.error.code]() };
  return leave(cookies, flash, form.value.back);
}

const named = ({ name }: JobView) => ({ name: jobName(name) });

export const actions: Actions = {
  retry: (event) => withJob(event, event.locals.app.jobs.retry, (job) => m.jobs_retried_flash(named(job))),

  cancel: (event) =>
    withJob(event, event.locals.app.jobs.cancel, (job) =>
      job.startedAt === null ? m.jobs_cancelled_flash(named(job)) : m.jobs_stopping_flash(named(job)),
    ),

  raise: (event) => withJob(event, event.locals.app.jobs.raise, (job) => m.jobs_raised_flash(named(job))),

  retryFailed: async ({ request, locals, cookies }) => {
    const form = await readForm(request, failedForm);
    if (!form.ok || !locals.user) return leave(cookies, stale(), '/jobs');
    const { back, ...which } = form.value;
    const count = await locals.app.jobs.retryFailed(which, locals.user.name);
    const text = count === 0 ? m.jobs_retried_none_flash() : m.jobs_retried_all_flash({ count });
    return leave(cookies, { tone: count === 0 ? 'info' : 'success', text }, back);
  },

  pause: async ({ request, locals, cookies }) => {
    const form = await readForm(request, queueForm);
    if (!form.ok || !locals.user) return leave(cookies, stale(), '/jobs');
    const { queue, back } = form.value;
    await locals.app.jobs.pause(queue, locals.user.name);
    return leave(
      cookies,
      { tone: 'success', text: m.jobs_paused_flash({ name: queueWords[queue]() }) },
      back,
    );
  },

  resume: async ({ request, locals, cookies }) => {
    const form = await readForm(request, queueForm);
    if (!form.ok || !locals.user) return leave(cookies, stale(), '/jobs');
    const { queue, back } = form.value;
    await locals.app.jobs.resume(queue, locals.user.name);
    return leave(
      cookies,
      { tone: 'success', text: m.jobs_resumed_flash({ name: queueWords[queue]() }) },
      back,
    );
  },

  concurrency: async ({ request, locals, cookies }) => {
    const form = await readForm(request, concurrencyForm);
    if (!form.ok || !locals.user) {
      const text = m.jobs_concurrency_wrong({ most: MOST_CONCURRENCY });
      return leave(
        cookies,
        { tone: 'error', text },
        form.ok ? '/jobs' : (form.state.values['back'] ?? '/jobs'),
      );
    }
    const { queue, concurrency, back } = form.value;
    await locals.app.jobs.setConcurrency(queue, concurrency, locals.user.name);
    const said = { name: queueWords[queue](), count: concurrency };
    return leave(cookies, { tone: 'success', text: m.jobs_concurrency_flash(said) }, back);
  },
};
