import { ok } from '#core/result.ts';
import type { Plugin } from '#features/archive/server/ports.ts';
import type { Http } from '#server/platform/http.ts';
import type { HttpStreams } from '#server/platform/http-stream.ts';
import type { Programs } from '#server/platform/program.ts';
import { credentialFields, readCredentials } from './credentials.ts';
import { hostsOf, type PatreonAddresses } from './hosts.ts';
import { PARSER_VERSION, read } from './read.ts';
import { openSource } from './source.ts';

export type PatreonDeps = {
  http: Http;
  streams: HttpStreams;
  programs: Programs;
  clock: { now: () => Date };
  /** For tests and the demo. */
  addresses?: PatreonAddresses | undefined;
};

/** gallery-dl's in August 2026. That of March was refused with 426 (gallery-dl#9165): it has to be changed now and then. */
const USER_AGENT = 'Patreon/126.9.0.15 (Android; Android 14; Scale/2.10)';

export const createPatreon = (deps: PatreonDeps): Plugin => {
  const hosts = hostsOf(deps.addresses);
  return {
    id: 'patreon',
    name: 'Patreon',
    capabilities: ['memberships', 'collections', 'comments', 'tiers', 'polls', 'products', 'captions'],
    credentialFields,
    parserVersion: PARSER_VERSION,
    defaultSettings: {
      // Nobody publishes what is allowed. Slower than this has not led to a ban as far as is known.
      pacing: { minPauseMs: 1500, maxPauseMs: 3000, downloads: 2 },
      userAgent: USER_AGENT,
      mostBytes: null,
    },
    readCredentials,
    open: (session) => openSource({ ...deps, hosts }, session),
    read(raw) {
      const whole = read(raw);
      return whole.ok ? ok(whole.value.post) : whole;
    },
  };
};
