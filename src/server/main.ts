import { withRequestNames } from '#features/notifications/core/recipients.ts';
import { createApi, type ApiDeps } from './api.ts';
import { composeAccounts } from './compose/accounts.ts';
import { composeArchive } from './compose/archive.ts';
import { composeCleanup } from './compose/cleanup.ts';
import { composeConnections } from './compose/connections.ts';
import { composeEnrichment } from './compose/enrichment.ts';
import { composeLibrary } from './compose/library.ts';
import { composeNotifications } from './compose/notifications.ts';
import { composeOperations } from './compose/operations.ts';
import { openPlatform, type Start } from './compose/platform.ts';
import { composeSearch } from './compose/search.ts';
import type { Job } from './platform/jobs.ts';

export type App = Awaited<ReturnType<typeof startApp>>;

/** What the program itself wants of each feature. */
type Feature = { jobs: readonly Job<unknown>[]; api: ApiDeps['parts'] };

/**
 * The one place where parts meet. Read it top to bottom to learn the whole program: each feature is put together in its file
 * in `compose/`, up the ladder. Each gets those below it; what it sets in motion above is a function here, called when
 * everything stands.
 */
export async function startApp(start: Start) {
  const platform = await openPlatform(start);
  const { config, version, log, events, queue } = platform;

  const accounts = composeAccounts(platform);
  const connections = composeConnections(platform, {
    moving: (id) => library.distrust(id),
    tested: (services) => notifications.service.tell({ kind: 'services-tested', services }),
  });
  const notifications = composeNotifications(platform, {
    knownPeople: async () =>
      withRequestNames(await accounts.service.mailAddresses(), await library.requesterNames()),
    keep: (wish) => cleanup.keeping.askByLink(wish),
  });
  const library = composeLibrary(platform, connections, {
    standIns: () => cleanup.links.standIns(),
    freedSince: (since) => cleanup.freed.onDisks(since),
    wasRead: (signal) => cleanup.lookAgain(signal),
    planSoon: () => cleanup.planSoon(),
    titlesChanged: () => search.titlesChanged(),
  });
  const cleanup = composeCleanup(platform, { connections, library, notifications });
  const archive = composeArchive(platform, notifications.service, {
    looks: (shas) => enrichment.service.looks(shas),
    transcriptOf: (sha256) => enrichment.service.transcriptOf(sha256),
    picturesIn: (sha256) => enrichment.service.documentPictures.of(sha256),
    onStored: (...stored) => enrichment.deriveStored(...stored),
    onRemoved: (sha256) => enrichment.service.forget(sha256),
    postsChanged: () => search.postsChanged(),
  });
  const enrichment = composeEnrichment(platform, archive, {
    textMade: () => search.postsChanged(),
    embedderChanged: () => search.embedderChanged(),
  });
  const search = await composeSearch(platform, { archive, enrichment });
  const operations = composeOperations(platform, {
    accounts,
    connections,
    library,
    cleanup,
    archive,
    enrichment,
  });

  const features: readonly Feature[] = [
    accounts,
    connections,
    notifications,
    library,
    cleanup,
    archive,
    enrichment,
    search,
    operations,
  ];
  const api = createApi({
    whoIs: accounts.service.whoIs,
    version,
    log,
    edge: operations.edge,
    parts: features.flatMap((feature) => feature.api),
  });
  await queue.serve(
    features.flatMap((feature) => feature.jobs),
    platform.servedQueues,
  );
  if (config.PROCESS_MODE !== 'web') {
    await cleanup.begin();
    await archive.service.begin();
    await search.begin();
  }

  const { planning, restores, recycleBins } = cleanup;
  return {
    accounts: accounts.service,
    connections: connections.service,
    library: library.service,
    forecasts: library.forecasting.forecasts,
    storage: { ...library.storage, freedByMonth: cleanup.freed.byMonth },
    planning,
    honestBytes: cleanup.honestBytes,
    execution: {
      startRun: cleanup.startRun,
      resume: cleanup.resume,
      byHand: cleanup.byHand,
      runs: cleanup.runs,
      removals: cleanup.removals,
    },
    restoring: { ...restores, start: cleanup.startRestore, bins: recycleBins.bins },
    settings: cleanup.settings,
    keeping: cleanup.keeping,
    twinsOf: cleanup.twinsOf,
    links: cleanup.links,
    janitorr: cleanup.janitorr,
    archive: archive.service,
    media: { storage: archive.media.storage },
    models: enrichment.service.models,
    meaning: enrichment.service.meaning,
    listening: { again: enrichment.service.speech.again },
    search: search.service,
    notifications: notifications.service,
    events,
    health: operations.health,
    jobs: operations.jobDesk,
    log,
    logs: operations.logs,
    version,
    lost: platform.lost,
    fetch: (request: Request) => api.fetch(request),
    openApi: () => api.request('/api/v1/openapi.json'),
    stop: async () => {
      await queue.stop({ graceMs: 5000 });
      archive.service.close();
      await platform.close();
    },
  };
}
