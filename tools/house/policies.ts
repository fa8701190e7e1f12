import type { ApiClient } from './client.ts';

type Schedule = { id: string };

const films = {
  name: 'Films nobody watches',
  unit: 'film',
  cron: '30 4 * * *',
  timeZone: 'Europe/Madrid',
  tiers: [
    { freeBelowPercent: 10, maxAge: '60d' },
    { freeBelowPercent: 20, maxAge: '120d' },
  ],
  stopAtFreePercent: 20,
  leavingSoon: '14d',
  exclusionTags: ['keep'],
};

const seasons = {
  ...films,
  name: 'Seasons of finished series',
  unit: 'season',
  cron: '0 5 * * 1',
  tiers: [{ freeBelowPercent: 25, maxAge: '6m' }],
  stopAtFreePercent: 25,
};

/** Two policies as a household would have them: films armed, so that things leave soon; seasons still a dry run. */
export async function makePolicies(api: ApiClient): Promise<void> {
  const schedule = await api.post<Schedule>('/schedules', films);
  await api.post<Schedule>('/schedules', seasons);
  await api.post(`/schedules/${schedule.id}/arm`);
  await api.post(`/schedules/${schedule.id}/run`);
}
