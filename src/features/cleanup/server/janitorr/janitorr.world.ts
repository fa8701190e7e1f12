import type { ConnectionId } from '#core/ids.ts';
import { formatAddress, parseAddress } from '#features/connections/core/address.ts';
import type { ServiceKind } from '#features/connections/core/connection.ts';
import { serviceNamed, type JanitorrConfig, type JanitorrServiceName } from '../../core/janitorr/config.ts';
import type { DraftKey, DraftWorld } from '../../core/janitorr/drafts.ts';
import type { ImportConnections, ImportPlanning } from './janitorr.ports.ts';

export const kindOf = (name: JanitorrServiceName): ServiceKind => (name === 'jellyseerr' ? 'seerr' : name);

export const productOf: Readonly<Record<JanitorrServiceName, string>> = {
  radarr: 'Radarr',
  sonarr: 'Sonarr',
  jellyfin: 'Jellyfin',
  emby: 'Emby',
  jellyseerr: 'Seerr',
  jellystat: 'Jellystat',
  streamystats: 'Streamystats',
};

/** An address as it would be stored; null when it cannot be used. */
export function tidyUrl(url: string): string | null {
  const address = parseAddress(url);
  return address.ok ? formatAddress(address.value) : null;
}

/** What the person who imports says, or their page for them. */
export type ImportWords = { names: Readonly<Record<DraftKey, string>>; timeZone: string };

export type ImportWorld = DraftWorld & {
  /** J-08: what Janitorr would see. */
  managed: ReadonlySet<ConnectionId>;
};

/** Which of our services are those of the file. Containers know each other by other names than people do, so one of a kind is enough. */
export async function worldOf(
  config: JanitorrConfig,
  words: ImportWords,
  { connections, planning }: { connections: ImportConnections; planning: Pick<ImportPlanning, 'knownTags'> },
): Promise<ImportWorld> {
  const [all, knownTags] = await Promise.all([connections.list(), planning.knownTags()]);
  const placeOf = (kind: 'radarr' | 'sonarr') => {
    const own = all.filter((connection) => connection.kind === kind);
    const url = serviceNamed(config, kind)?.url ?? null;
    const wanted = url === null ? null : tidyUrl(url);
    const same = own.filter((connection) => connection.url === wanted);
    const isOneOfSeveral = own.length > 1;
    return {
      managed: (same.length > 0 ? same : own).map(({ id }) => id),
      ids: isOneOfSeveral ? same.map(({ id }) => id) : [],
      isAmbiguous: isOneOfSeveral && same.length === 0,
    };
  };
  const radarr = placeOf('radarr');
  const sonarr = placeOf('sonarr');
  return {
    ...words,
    knownTags,
    radarr: radarr.ids,
    sonarr: sonarr.ids,
    ambiguous: [
      ...(radarr.isAmbiguous ? (['radarr'] as const) : []),
      ...(sonarr.isAmbiguous ? (['sonarr'] as const) : []),
    ],
    managed: new Set([
      ...(serviceNamed(config, 'radarr') ? radarr.managed : []),
      ...(serviceNamed(config, 'sonarr') ? sonarr.managed : []),
    ]),
  };
}
