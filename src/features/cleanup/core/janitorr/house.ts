import { serviceNamed, type JanitorrConfig, type JanitorrServiceName } from './config.ts';
import { windowOf } from './drafts.ts';

/** A service of the file as a connection here; `ready` when nothing is missing. The key stays out of every report. */
export type ImportedConnection = { name: JanitorrServiceName; url: string; key: string };
export type ConnectionGap = { name: JanitorrServiceName; missing: 'url' | 'key' };

/** It travels in a header: letters, digits and signs, as the form for a connection asks too. */
const KEY = /^[\x21-\x7e]{1,200}$/;

export function connectionsOf({ services }: JanitorrConfig): {
  ready: readonly ImportedConnection[];
  gaps: readonly ConnectionGap[];
  off: readonly JanitorrServiceName[];
} {
  const on = services
    .filter(({ enabled }) => enabled)
    .map((service) => ({
      ...service,
      key: service.key !== null && KEY.test(service.key) ? service.key : null,
    }));
  return {
    ready: on.flatMap(({ name, url, key }) => (url !== null && key !== null ? [{ name, url, key }] : [])),
    gaps: on.flatMap(({ name, url, key }): ConnectionGap[] => [
      ...(url === null ? [{ name, missing: 'url' } as const] : []),
      ...(key === null ? [{ name, missing: 'key' } as const] : []),
    ]),
    off: services.filter(({ enabled, url }) => !enabled && url !== null).map(({ name }) => name),
  };
}

/** What holds for the whole clean-up. */
export type ImportedSettings = {
  exclusionTags: readonly string[];
  leavingSoonDays: number;
  /** Null when no media server is in the file. */
  collectionNames: { films: string; shows: string } | null;
  announces: { films: boolean; shows: boolean };
  /** Where links to what leaves soon are put; null where Janitorr has no access to files. */
  linkFolder: string | null;
};

export function settingsOf(config: JanitorrConfig): ImportedSettings {
  const { leavingSoonFolder, access } = config.files;
  const server = serviceNamed(config, 'jellyfin', 'emby');
  return {
    exclusionTags: [...new Set(config.exclusionTags.map((tag) => tag.toLowerCase()))],
    leavingSoonDays: windowOf(config),
    collectionNames: server?.collectionNames ?? null,
    announces: server?.announces ?? { films: true, shows: true },
    linkFolder: access ? leavingSoonFolder : null,
  };
}
