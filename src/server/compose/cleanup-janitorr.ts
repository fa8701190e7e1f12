import {
  createImportSettings,
  createJanitorrService,
  janitorrApi,
  type createCleanup,
} from '#features/cleanup/server/index.ts';
import { hideFromLogs } from '../platform/redact.ts';
import type { Connections } from './connections.ts';
import type { Platform } from './platform.ts';

type Cleanup = ReturnType<typeof createCleanup>;

type Needs = Pick<Cleanup, 'planning' | 'settings'> & {
  connections: Connections['service'];
  readLibrary: () => Promise<void>;
};

/** Takes over what somebody had set up in Janitorr. */
export function composeJanitorr(
  { secretsFor }: Platform,
  { connections, planning, settings, readLibrary }: Needs,
) {
  const service = createJanitorrService({
    planning,
    settings: createImportSettings(settings),
    box: secretsFor('janitorr'),
    connections: {
      list: connections.list,
      test: async ({ kind, url, key }) => {
        hideFromLogs(key);
        const tested = await connections.testDraft({ kind, url, key });
        if (!tested.ok) return { code: 'connections.bad-address' };
        return tested.value.ok ? null : tested.value.error;
      },
      add: async (draft) => (await connections.create({ ...draft, enabled: true, pathMappings: [] })).ok,
      added: readLibrary,
    },
  });
  return { service, api: janitorrApi(service) };
}
