import { apiClient, signIn, type ApiClient } from './client.ts';

export type Address = { url: string; apiKey: string };
export type Services = Record<'radarr' | 'radarr4k' | 'sonarr' | 'jellyfin' | 'emby' | 'seerr', Address> &
  Partial<Record<'jellystat' | 'qbittorrent', Address>>;

export const people = {
  admin: { username: 'demo', password: 'demo-demo-demo' },
  user: { username: 'lucia', password: 'lucia-lucia-1', role: 'user' },
  readonly: { username: 'abuela', password: 'abuela-abuela', role: 'readonly' },
} as const;

const services = [
  { key: 'radarr', kind: 'radarr', name: 'Radarr' },
  { key: 'radarr4k', kind: 'radarr', name: 'Radarr 4K' },
  { key: 'sonarr', kind: 'sonarr', name: 'Sonarr' },
  { key: 'jellyfin', kind: 'jellyfin', name: 'Jellyfin' },
  { key: 'emby', kind: 'emby', name: 'Emby' },
  { key: 'seerr', kind: 'seerr', name: 'Seerr' },
  { key: 'jellystat', kind: 'jellystat', name: 'Jellystat' },
  { key: 'qbittorrent', kind: 'qbittorrent', name: 'qBittorrent' },
] as const;

type SyncRun = { id: string; state: string };

/** Makes the people, connects the services and reads the library, through the API as anybody could. */
export async function moveIn(
  address: string,
  at: Services,
): Promise<{ api: ApiClient; cookie: string; sync: SyncRun }> {
  await apiClient(address, {}).post('/setup', people.admin);
  const cookie = await signIn(address, people.admin.username, people.admin.password);
  const api = apiClient(address, { cookie });
  await api.post('/users', people.user);
  await api.post('/users', people.readonly);
  for (const { key, kind, name } of services) {
    const found = at[key];
    if (!found) continue;
    const { url, apiKey } = found;
    await api.post('/services', { kind, name, url, key: apiKey, enabled: true, pathMappings: [] });
  }
  return { api, cookie, sync: await syncNow(api) };
}

/** Starts a sync and waits until it has ended. */
export async function syncNow(api: ApiClient): Promise<SyncRun> {
  const { id } = await api.post<SyncRun>('/library/sync');
  for (;;) {
    const run = await api.get<SyncRun>(`/library/syncs/${id}`);
    if (run.state !== 'queued' && run.state !== 'running') return run;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
