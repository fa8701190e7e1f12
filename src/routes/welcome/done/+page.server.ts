import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
  const { library } = locals.app;
  const [sources, last] = await Promise.all([library.sources(), library.lastSync()]);
  const titles = sources.filter(({ kind }) => kind === 'radarr' || kind === 'sonarr');
  return {
    itemCount: titles.length > 0 ? titles.reduce((sum, { count }) => sum + count, 0) : null,
    isSyncing: last?.state === 'queued' || last?.state === 'running',
  };
};
