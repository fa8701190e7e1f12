import type { ApiClient } from './client.ts';

type Run = { outcome: { is: string } };

/**
 * The simulated Patreon as a source, signed in as a person would be, without pauses: it is ours. Waits until its lists
 * are read; the posts themselves and their media come while somebody looks at the first of them.
 */
export async function addPatreon(api: ApiClient, { cookie }: { cookie: string }): Promise<void> {
  const { id } = await api.post<{ id: string }>('/sources', {
    plugin: 'patreon',
    name: 'Patreon',
    credentials: { session_id: cookie },
    settings: {
      pacing: { minPauseMs: 0, maxPauseMs: 0, downloads: 2 },
      userAgent: 'Patreon/126.9.0.15 (Android; Android 14; Scale/2.10)',
      mostBytes: null,
    },
    timeZone: 'Europe/Madrid',
  });
  for (;;) {
    const { items } = await api.get<{ items: Run[] }>(`/sync-runs?source=${id}&limit=1`);
    if (items[0] && items[0].outcome.is !== 'under-way') return;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}
