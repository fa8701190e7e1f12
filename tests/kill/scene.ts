import type { ConnectionId } from '#core/ids.ts';
import type { RemovalTarget } from '#features/cleanup/core/removal/saga-draft.ts';
import type { ConnectionTarget } from '#features/connections/core/connection.ts';

/** What the child process is told: where the services are, and what the plan removes. */
export type Scene = {
  targets: readonly RemovalTarget[];
  services: Record<'radarr' | 'sonarr' | 'jellyfin' | 'seerr' | 'qbittorrent', ConnectionTarget>;
};

export const radarrId = 'radarr01' as ConnectionId;
export const qbittorrentId = 'qbit0001' as ConnectionId;
export const sonarrId = 'sonarr01' as ConnectionId;
