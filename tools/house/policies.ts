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

const seasons = {
  ...films,
  name: 'Seasons of finished series',
  unit: 'season',
  cron: '0 5 * * 1',
  tiers: [{ freeBelowPercent: 20, maxAge: '18m' }],
  midShow: '60d',
  keepsFirstSeason: true,
};

/** So that there is a history to look at: six films go at once, without a warning, before the policy gets its real form. */
const firstRun = {
  ...films,
  leavingSoon: '0d',
  caps: { items: 6, bytes: 500_000_000_000, libraryPercent: 5 },
};

/** Two policies as a household would have them: films armed, so that things leave soon; seasons still a dry run. */
export async function makePolicies(api: ApiClient): Promise<void> {
  const { id } = await api.post<Made>('/schedules', firstRun);
  await api.post(`/schedules/${id}/arm`);
  await api.post(`/schedules/${id}/run`);
  await untilRun(api);
  await api.put(`/schedules/${id}`, films);
  await api.post(`/schedules/${id}/arm`);
  await api.post<Made>('/schedules', seasons);
}

async function untilRun(api: ApiClient): Promise<void> {
  for (;;) {
    const { items } = await api.get<{ items: Run[] }>('/runs?limit=1');
    if (items[0] && items[0].outcome.is !== 'under-way') return;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}
