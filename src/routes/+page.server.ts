import { redirect } from '@sveltejs/kit';
import { addDays } from '#core/time-span.ts';
import { seenBy } from '#features/archive/core/attention.ts';
import { byShow } from '#features/cleanup/core/leaving-soon/by-show.ts';
import { leavingTotal } from '#features/cleanup/core/leaving-soon/leaving-soon.ts';
import type { Target } from '#features/cleanup/core/policy/policy.ts';
import type { Removal } from '#features/cleanup/core/removal/removal.ts';
import { targetPercent } from '#features/cleanup/core/policy/target.ts';
import type { Disk } from '#features/library/core/disk.ts';
import type { DiskId } from '#core/ids.ts';
import { m } from '#i18n/messages.js';
import { leaveFlash } from '#ui/flash.ts';
import { live } from '#ui/topics.ts';
import type { Actions, PageServerLoad } from './$types';

const TREND_DAYS = 30;
const TREND_POINTS = 60;
const AHEAD_DAYS = 14;
const POSTERS = 8;
const LINES = 6;

export const load: PageServerLoad = async ({ locals, depends }) => {
  depends(live('library'), live('plans'), live('runs'), live('services'), live('archive'));
  const { library, planning, execution, connections } = locals.app;
  const now = new Date();
  const [
    services,
    sources,
    sync,
    disks,
    readings,
    forecasts,
    plans,
    leaving,
    runs,
    history,
    unknown,
    asked,
    archive,
    troubled,
  ] = await Promise.all([
    connections.list(),
    library.sources(),
    library.lastSync(),
    library.disks(),
    library.diskReadings(addDays(now, -TREND_DAYS)),
    locals.app.forecasts(),
    planning.lastPlans(),
    planning.leaving(),
    execution.runs.list({ limit: 3, before: null }),
    execution.removals.history({ limit: LINES, after: null }),
    planning.searchMedia({ status: 'unknown', sort: 'title', descending: false, offset: 0, limit: 1 }),
    // Only admins can answer.
    locals.user?.role === 'admin' ? locals.app.keeping.countWaiting() : 0,
    locals.app.archive.reading.counts(),
    locals.app.archive.attention(),
  ]);
  const enabled = plans.filter(({ policy }) => policy.enabled).map(({ policy }) => policy);

  return {
    now,
    services,
    sources: sources.map(({ name, problem }) => ({ name, problem })),
    wasRead: sources.some(({ lastSuccessAt }) => lastSuccessAt !== null),
    sync,
    disks: disks.map((disk) => ({
      disk: {
        id: disk.id,
        path: disk.path,
        totalBytes: disk.totalBytes,
        freeBytes: disk.freeBytes,
        measuredBy: disk.measuredBy,
      },
      readings: thinned(readings.filter(({ diskId }) => diskId === disk.id)),
      target: targetOf(enabled, disk),
      forecast: forecasts.get(disk.id) ?? null,
    })),
    policies: plans.map(policyOf),
    leaving: soonest(leaving.filter(({ dueAt }) => dueAt <= addDays(now, AHEAD_DAYS))),
    runs,
    history: history.map(({ removal, run }) => ({
      removal: shown(removal),
      run: { policyName: run.policyName, byName: run.byName },
    })),
    unknown: unknown.total,
    asked,
    archive: archive.sources > 0 ? archive : null,
    troubles: seenBy(locals.user?.role === 'admin', troubled),
  };
};

type Planned = Awaited<ReturnType<App.Locals['app']['planning']['lastPlans']>>[number];

const policyOf = ({ policy, lastPlan }: Planned) => ({
  policy: { id: policy.id, name: policy.name, enabled: policy.enabled, armed: policy.armed },
  breaker: lastPlan?.breaker ?? [],
});

type Leaving = Awaited<ReturnType<App.Locals['app']['planning']['leaving']>>;

const shown = ({ id, itemId, runId, kind, title, seasonNumber, episodes, state }: Removal) => ({
  id,
  itemId,
  runId,
  kind,
  title,
  seasonNumber,
  episodes,
  state,
});

/** What goes for real comes first; the episodes of a series are one poster, and so are its seasons. */
function faces(soon: Leaving) {
  const seen = new Set<string>();
  const [armed, dry] = [soon.filter((entry) => entry.armed), soon.filter((entry) => !entry.armed)];
  return [armed, dry]
    .flatMap((entries) => byShow(entries, () => 'any'))
    .map((line) => {
      const [item, episodeCount] =
        line.is === 'one' ? [line.item, 0] : [line.group.episodes[0], line.group.episodes.length];
      return item && { ...item, episodeCount, showId: line.is === 'one' ? null : line.group.showId };
    })
    .filter((face) => face !== undefined)
    .filter(({ title }) => !seen.has(title) && seen.add(title));
}

/** The first few with their posters, and how many and how much there is in all. */
const soonest = (soon: Leaving) => ({
  items: faces(soon)
    .slice(0, POSTERS)
    .map(({ itemId, showId, episodeCount, policyId, kind, title, seasonNumber, episodes, dueAt, armed }) => ({
      itemId,
      showId,
      episodeCount,
      policyId,
      kind,
      title,
      seasonNumber,
      episodes,
      dueAt,
      armed,
    })),
  ...leavingTotal(soon),
});

/** The most that any policy wants to be free on this disk; null when none looks at it. */
function targetOf(
  policies: readonly { diskIds: readonly DiskId[]; target: Target | null }[],
  { id: disk, totalBytes }: Pick<Disk, 'id' | 'totalBytes'>,
): number | null {
  const wanted = policies
    .filter(({ diskIds }) => diskIds.length === 0 || diskIds.includes(disk))
    .flatMap(({ target }) => targetPercent(target, totalBytes) ?? []);
  return wanted.length > 0 ? Math.max(...wanted) : null;
}

/** A line of a few hundred pixels needs no more points; the newest stays. */
function thinned(readings: readonly { at: Date; freeBytes: number }[]): { at: Date; freeBytes: number }[] {
  const step = Math.ceil(readings.length / TREND_POINTS);
  return readings
    .filter((_, index) => (readings.length - 1 - index) % Math.max(1, step) === 0)
    .map(({ at, freeBytes }) => ({ at, freeBytes }));
}

export const actions: Actions = {
  sync: async ({ request, locals, cookies }) => {
    const acceptShrink = (await request.formData()).get('acceptShrink') === 'on';
    const asked = await locals.app.library.requestSync({ acceptShrink });
    leaveFlash(
      cookies,
      asked.ok ? { tone: 'info', text: m.sync_started() } : { tone: 'warning', text: m.sync_busy() },
    );
    redirect(303, '/');
  },
};
