import type { ApiClient } from './client.ts';

type Made = { id: string };
type Run = { outcome: { is: string } };

const films = {
  name: 'Films nobody watches',
  kind: 'disk-pressure',
  unit: 'film',
  cron: '30 4 * * *',
  timeZone: 'Europe/Madrid',
  tiers: [
    { freeBelowPercent: 10, maxAge: '9m' },
    { freeBelowPercent: 20, maxAge: '2y' },
  ],
  target: { unit: 'percent', value: 20 },
  requestedWithin: '30d',
  leavingSoon: '14d',
  exclusionTags: ['keep'],
};

/** For a preview; nothing is stored. */
export const draftPolicy = films;

const seasons = {
  ...films,
  name: 'Seasons of finished series',
  unit: 'season',
  cron: '0 5 * * 1',
  tiers: [{ freeBelowPercent: 20, maxAge: '18m' }],
  midShow: '60d',
  keepsFirstSeason: true,
};

const everyWeek = { timeZone: 'Europe/Madrid', leavingSoon: '14d', exclusionTags: ['keep'] };

const kids = {
  ...everyWeek,
  name: 'Films for the children',
  kind: 'tag',
  unit: 'film',
  cron: '0 6 * * 1',
  tags: [{ tag: 'kids', maxAge: '3y', freeBelowPercent: 30 }],
};

const seen = {
  ...everyWeek,
  name: 'Films that we have seen',
  kind: 'watched',
  unit: 'film',
  cron: '30 6 * * 1',
  seenBy: 'starters',
  watchedFor: '6m',
  freeBelowPercent: 30,
};

const daily = {
  ...everyWeek,
  name: 'Daily shows',
  kind: 'episodes',
  unit: 'episode',
  cron: '0 7 * * *',
  showTags: ['daily'],
  keepLast: 20,
  keepFor: '30d',
  olderSeasons: true,
  leavingSoon: '3d',
};

/** So that there is a history to look at: six films go at once, without a warning, before the policy gets its real form. */
const firstRun = {
  ...films,
  leavingSoon: '0d',
  caps: { items: 6, bytes: 500_000_000_000, libraryPercent: 5 },
};

/** One policy of each kind, as a household would have them: films armed, so that things leave soon; the others still dry. */
export async function makePolicies(api: ApiClient): Promise<void> {
  const { id } = await api.post<Made>('/schedules', firstRun);
  await api.post(`/schedules/${id}/arm`);
  await api.post(`/schedules/${id}/run`);
  await untilRun(api);
  await api.put(`/schedules/${id}`, films);
  await api.post(`/schedules/${id}/arm`);
  for (const policy of [seasons, kids, seen, daily]) await api.post<Made>('/schedules', policy);
}

/** Some seconds, and half a minute on a machine that does much else. Who waits longer waits for a run that is broken. */
const RUN_WITHIN_MS = 180_000;

async function untilRun(api: ApiClient): Promise<void> {
  const giveUpAt = Date.now() + RUN_WITHIN_MS;
  while (Date.now() < giveUpAt) {
    const { items } = await api.get<{ items: Run[] }>('/runs?limit=1');
    if (items[0] && items[0].outcome.is !== 'under-way') return;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  throw new Error('The first run has not ended; the log of the program says why.');
}
