import { known, type Fact } from '#core/fact.ts';
import type { ConnectionId } from '#core/ids.ts';
import type { TorrentClient } from '#features/cleanup/server/ports.ts';
import {
  isMediaServer,
  isTorrentClient,
  type Connection,
  type ConnectionTarget,
  type ServiceKind,
  type TorrentClientKind,
} from '#features/connections/core/connection.ts';
import type { PlaySource } from '#features/library/server/ports.ts';
import { createEmbyCredits } from '../adapters/emby/credit-server.ts';
import { createEmbyPlays } from '../adapters/emby/play-source.ts';
import { createEmbyLinkLibrary } from '../adapters/emby/link-library.ts';
import { createEmbyProber } from '../adapters/emby/probe.ts';
import { createEmbyShelf } from '../adapters/emby/shelf.ts';
import { createEmbyWatchServer } from '../adapters/emby/watch-server.ts';
import { createDelugeProber } from '../adapters/deluge/probe.ts';
import { createDelugeClient } from '../adapters/deluge/torrent-client.ts';
import { createJellyfinCredits } from '../adapters/jellyfin/credit-server.ts';
import { createJellyfinPlays } from '../adapters/jellyfin/play-source.ts';
import type { Senders } from '#features/notifications/server/ports.ts';
import { createJellyfinLinkLibrary } from '../adapters/jellyfin/link-library.ts';
import { createJellyfinProber } from '../adapters/jellyfin/probe.ts';
import { createJellyfinShelf } from '../adapters/jellyfin/shelf.ts';
import { createJellyfinWatchServer } from '../adapters/jellyfin/watch-server.ts';
export { createEmbedder } from '../adapters/openai/embedder.ts';
export { createListener } from '../adapters/openai/listener.ts';
import { createQbittorrentProber } from '../adapters/qbittorrent/probe.ts';
import { createQbittorrentClient } from '../adapters/qbittorrent/torrent-client.ts';
import { createJellystatPlays } from '../adapters/jellystat/play-source.ts';
import { createJellystatProber } from '../adapters/jellystat/probe.ts';
import { createDiscordSender } from '../adapters/notify-discord/sender.ts';
import { createEmailSender } from '../adapters/notify-email/sender.ts';
import { createGotifySender } from '../adapters/notify-gotify/sender.ts';
import { createNtfySender } from '../adapters/notify-ntfy/sender.ts';
import { createTelegramSender } from '../adapters/notify-telegram/sender.ts';
import { createWebhookSender } from '../adapters/notify-webhook/sender.ts';
import { createRadarrCatalogue } from '../adapters/radarr/film-catalogue.ts';
import { createRadarrManager } from '../adapters/radarr/media-manager.ts';
import { createRadarrProber } from '../adapters/radarr/probe.ts';
import { createRadarrRestorer } from '../adapters/radarr/title-restorer.ts';
import { createSeerrProber } from '../adapters/seerr/probe.ts';
import { createSeerrAvailability } from '../adapters/seerr/availability.ts';
import { createSeerrManager } from '../adapters/seerr/request-manager.ts';
import { createSeerrRequestServer } from '../adapters/seerr/request-server.ts';
import { createServarrPosters } from '../adapters/servarr/poster-source.ts';
import { readDownloads } from '../adapters/servarr/downloads.ts';
import { readTagLabels } from '../adapters/servarr/tag-labels.ts';
import { createSonarrManager } from '../adapters/sonarr/media-manager.ts';
import { createSonarrProber } from '../adapters/sonarr/probe.ts';
import { createSonarrCatalogue } from '../adapters/sonarr/show-catalogue.ts';
import { createSonarrRestorer } from '../adapters/sonarr/title-restorer.ts';
import { createStreamystatsPlays } from '../adapters/streamystats/play-source.ts';
import { createStreamystatsProber } from '../adapters/streamystats/probe.ts';
import { createTautulliPlays } from '../adapters/tautulli/play-source.ts';
import { createTautulliProber } from '../adapters/tautulli/probe.ts';
import { createTransmissionProber } from '../adapters/transmission/probe.ts';
import { createTransmissionClient } from '../adapters/transmission/torrent-client.ts';
import type { Http } from '../platform/http.ts';

export const createSenders = (http: Http): Senders => ({
  email: createEmailSender(),
  discord: createDiscordSender(http),
  telegram: createTelegramSender(http),
  ntfy: createNtfySender(http),
  gotify: createGotifySender(http),
  webhook: createWebhookSender(http),
});

export const createProbers = (http: Http) => ({
  radarr: createRadarrProber(http),
  sonarr: createSonarrProber(http),
  jellyfin: createJellyfinProber(http),
  emby: createEmbyProber(http),
  seerr: createSeerrProber(http),
  jellystat: createJellystatProber(http),
  streamystats: createStreamystatsProber(http),
  tautulli: createTautulliProber(http),
  qbittorrent: createQbittorrentProber(http),
  transmission: createTransmissionProber(http),
  deluge: createDelugeProber(http),
});

export type ClientsDeps = {
  http: Http;
  /** Address and key of one connection. */
  target: (id: ConnectionId) => Promise<ConnectionTarget>;
  /** The connections that are switched on. */
  enabled: () => Promise<readonly Connection[]>;
};

/** Opens an adapter for a connection, at the moment it is needed: what was changed meanwhile counts. */
export function createClients({ http, target, enabled }: ClientsDeps) {
  const enabledWhere = async (isWanted: (kind: ServiceKind) => boolean) =>
    (await enabled()).filter(({ kind }) => isWanted(kind));
  const enabledOf = (wanted: ServiceKind) => enabledWhere((kind) => kind === wanted);
  const labelsOf = (kind: 'radarr' | 'sonarr', product: 'Radarr' | 'Sonarr') =>
    eachOf(enabledOf(kind), async ({ id }) => readTagLabels(http, await target(id), product));

  const torrentClientAt = keepTorrentClients(http);

  return {
    /** What the library reads. */
    sources: {
      filmCatalogue: async (id: ConnectionId) => createRadarrCatalogue(http, await target(id)),
      showCatalogue: async (id: ConnectionId) => createSonarrCatalogue(http, await target(id)),
      watchServer: async (id: ConnectionId) => {
        const to = await target(id);
        return to.kind === 'emby' ? createEmbyWatchServer(http, to) : createJellyfinWatchServer(http, to);
      },
      requestServer: async (id: ConnectionId) => createSeerrRequestServer(http, await target(id)),
      playSource: async (id: ConnectionId) => openPlays(http, await target(id)),
    },

    creditServer: async (id: ConnectionId) => {
      const to = await target(id);
      return to.kind === 'emby' ? createEmbyCredits(http, to) : createJellyfinCredits(http, to);
    },

    posterSource: async (id: ConnectionId) => createServarrPosters(http, await target(id)),

    /** What request servers are told after a run. */
    availability: () =>
      eachOf(enabledOf('seerr'), async ({ id, name }) => ({
        name,
        sync: createSeerrAvailability(http, await target(id)),
      })),

    /** What clean-up changes things through. */
    managers: {
      mediaManager: async (id: ConnectionId) => {
        const connection = (await enabled()).find((one) => one.id === id);
        if (connection?.kind !== 'radarr' && connection?.kind !== 'sonarr') return null;
        const open = connection.kind === 'radarr' ? createRadarrManager : createSonarrManager;
        const manager = open(http, await target(id));
        return { manager, url: connection.url, ofThisKind: (await enabledOf(connection.kind)).length };
      },
      requestManagers: () =>
        eachOf(enabledOf('seerr'), async ({ id }) => ({
          connectionId: id,
          manager: createSeerrManager(http, await target(id)),
        })),
      shelves: () =>
        eachOf(enabledWhere(isMediaServer), async ({ id }) => {
          const to = await target(id);
          const shelf = to.kind === 'emby' ? createEmbyShelf(http, to) : createJellyfinShelf(http, to);
          return { connectionId: id, shelf };
        }),
      linkLibraries: () =>
        eachOf(enabledWhere(isMediaServer), async ({ id, name }) => {
          const to = await target(id);
          const open = to.kind === 'emby' ? createEmbyLinkLibrary : createJellyfinLinkLibrary;
          return { connectionId: id, name, library: open(http, to) };
        }),
      downloadsOf: async (id: ConnectionId, externalId: number, seasonNumber: number | null) =>
        readDownloads(http, await target(id), { externalId, seasonNumber }),
      torrentClients: () =>
        eachOf(enabledWhere(isTorrentClient), async ({ id, name }) => ({
          connectionId: id,
          name,
          client: torrentClientAt(id, await target(id)),
        })),
    },

    /** What brings titles back to Radarr and Sonarr. */
    restorers: async (id: ConnectionId) => {
      const connection = (await enabled()).find((one) => one.id === id);
      if (connection?.kind !== 'radarr' && connection?.kind !== 'sonarr') return null;
      const open = connection.kind === 'radarr' ? createRadarrRestorer : createSonarrRestorer;
      return open(http, await target(id));
    },

    /** Every label of every Radarr and Sonarr; when one of them cannot be asked, nobody knows them all. */
    askTags: async (): Promise<Fact<readonly string[]>> => {
      const facts = [...(await labelsOf('radarr', 'Radarr')), ...(await labelsOf('sonarr', 'Sonarr'))];
      return (
        facts.find((fact) => !fact.known) ?? known(facts.flatMap((fact) => (fact.known ? fact.value : [])))
      );
    },
  };
}

const torrentClients: Readonly<
  Record<TorrentClientKind, (http: Http, target: ConnectionTarget) => TorrentClient>
> = {
  qbittorrent: createQbittorrentClient,
  transmission: createTransmissionClient,
  deluge: createDelugeClient,
};

/** Kept, because they sign in: a client that is asked for each of 200 removals would hold 200 sessions. */
function keepTorrentClients(http: Http) {
  const open = new Map<ConnectionId, { target: ConnectionTarget; client: TorrentClient }>();
  return (id: ConnectionId, target: ConnectionTarget): TorrentClient => {
    const { kind, url, key } = target;
    if (!isTorrentClient(kind)) throw new Error(`${kind} holds no torrents`);
    const kept = open.get(id);
    if (kept?.target.kind === kind && kept.target.url === url && kept.target.key === key) return kept.client;
    const client = torrentClients[kind](http, target);
    open.set(id, { target, client });
    return client;
  };
}

/** Of a media server, those of its plug-in. */
function openPlays(http: Http, to: ConnectionTarget): PlaySource {
  switch (to.kind) {
    case 'jellyfin':
      return createJellyfinPlays(http, to);
    case 'emby':
      return createEmbyPlays(http, to);
    case 'jellystat':
      return createJellystatPlays(http, to);
    case 'streamystats':
      return createStreamystatsPlays(http, to);
    case 'tautulli':
      return createTautulliPlays(http, to);
    default:
      throw new Error(`${to.kind} counts no plays`);
  }
}

const eachOf = async <T>(
  connections: Promise<readonly Connection[]>,
  open: (connection: Connection) => Promise<T>,
): Promise<T[]> => Promise.all((await connections).map(open));
