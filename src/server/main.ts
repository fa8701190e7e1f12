import { randomBytes, randomUUID } from 'node:crypto';
import { stat, statfs } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { ConnectionId, PolicyId } from '#core/ids.ts';
import { queueNames } from '#core/queues.ts';
import type { Run } from '#features/cleanup/core/removal/removal.ts';
import {
  isMediaServer,
  isTorrentClient,
  type Connection,
  type Health,
} from '#features/connections/core/connection.ts';
import {
  createAccountsService,
  createAccountStore,
  createAuth,
  accountsApi,
} from '#features/accounts/server/index.ts';
import {
  connectionsApi,
  connectionsJobs,
  createConnectionsService,
  createConnectionStore,
} from '#features/connections/server/index.ts';
import {
  cleanupJobs,
  cleanupRunsApi,
  createAskAgain,
  createImportSettings,
  createJanitorrService,
  janitorrApi,
  honestBytesApi,
  createCleanup,
  keepApi,
  keepTimetable,
  linksApi,
  mediaApi,
  planJob,
  planningApi,
  restoreApi,
  restoreJob,
  settingsApi,
  simulationApi,
} from '#features/cleanup/server/index.ts';
import {
  createArchive,
  createMedia,
  createPostTexts,
  ledgerApi,
  readingApi,
  servingApi,
  sourcesApi,
  storageApi,
} from '#features/archive/server/index.ts';
import {
  createEnrichment,
  documentPicturesApi,
  enrichmentApi,
  enrichmentJobs,
  meaningApi,
  titlesOfPdfs,
  modelsApi,
  transcriptsApi,
} from '#features/enrichment/server/index.ts';
import { createSearch, createWake, openCandidates, searchApi } from '#features/search/server/index.ts';
import { withRequestNames } from '#features/notifications/core/recipients.ts';
import type { ServiceCheck } from '#features/notifications/core/event.ts';
import { createNotifications, notificationsApi } from '#features/notifications/server/index.ts';
import { splitCredentials } from '#features/connections/core/credentials.ts';
import { mapPath } from '#features/library/core/paths.ts';
import {
  createCreditService,
  createCreditStore,
  createDiskMeasuring,
  createForecastService,
  creditsJob,
  createLibraryReader,
  createLibraryService,
  createRequesterNames,
  createStorageReader,
  createRunStore,
  createSync,
  createSyncStore,
  createLibraryLocks,
  createPosterService,
  libraryApi,
  postersApi,
  syncJob,
} from '#features/library/server/index.ts';
import {
  createHealthService,
  createJobsService,
  createLogFiles,
  createMetricsService,
  createStatsService,
  edgeApi,
  eventsApi,
  jobsApi,
  operationsApi,
  operationsJobs,
  statsApi,
} from '#features/operations/server/index.ts';
import { createApi } from './api.ts';
import { createClients, createEmbedder, createListener, createProbers, createSenders } from './clients.ts';
import type { Config } from './platform/config.ts';
import { openDatabase } from './platform/database.ts';
import { createEvents } from './platform/events.ts';
import { exists, fileAt, freeSpace } from './platform/files.ts';
import { createGuardedFetch } from './platform/guarded-fetch.ts';
import { createHttp } from './platform/http.ts';
import { createHttpStreams } from './platform/http-stream.ts';
import type { Log } from './platform/log.ts';
import { pause } from './platform/pause.ts';
import { createPrograms } from './platform/program.ts';
import { createRateLimit, networkOf } from './platform/rate-limit.ts';
import { openQueue } from './platform/queue.ts';
import { hideFromLogs } from './platform/redact.ts';
import { createSecrets, loadSecretKey } from './platform/secrets.ts';
import { shortId } from './platform/short-id.ts';
import type { TitlesOf } from './sources/pdf/list.ts';
import { createPlugins } from './sources/registry.ts';

export type App = Awaited<ReturnType<typeof startApp>>;

export type Start = { config: Config; log: Log; version: string; migrations: string };

/** The one place where parts meet. Read it top to bottom to learn the whole program. */
export async function startApp({ config, log, version, migrations }: Start) {
  const clock = { now: () => new Date() };
  const newId = () => randomUUID();
  const startedAt = clock.now();
  const secretKey = await loadSecretKey({ secret: config.KEEPERCHEKY_SECRET, dataDir: config.DATA_DIR });
  const database = await openDatabase(config, migrations, log);
  const { db, pool, lost } = database;
  const events = createEvents();
  const http = createHttp({ userAgent: `KeeperCheky/${version}`, fetch: createGuardedFetch() });
  const queue = await openQueue(database, {
    log: (line) => log.warn({ part: 'queue' }, line),
    changed: () => events.publish('jobs'),
  });
  const lockFor = createLibraryLocks(pool);

  const auth = createAuth(db, {
    secret: secretKey.toString('base64url'),
    log: (level, message) => log[level]({ part: 'accounts' }, message),
  });
  const accounts = createAccountsService({ auth, store: createAccountStore(db), clock });

  const reader = createLibraryReader(db);
  const connections = createConnectionsService({
    store: createConnectionStore(db),
    probers: createProbers(http),
    secrets: createSecrets(secretKey),
    mapPath,
    isFile: (path) =>
      stat(path).then(
        (found) => found.isFile(),
        () => false,
      ),
    moving: (id) => reader.distrust(id),
    newId: shortId,
    clock,
  });

  /** Opens a connection for an adapter. The key is hidden from the log from the moment it is readable. */
  const target = async (id: ConnectionId) => {
    const opened = await connections.target(id);
    if (!opened.ok) throw new Error(`connection ${id} cannot be used: ${opened.error.code}`);
    hideFromLogs(opened.value.key);
    hideFromLogs(splitCredentials(opened.value.key).password);
    return opened.value;
  };
  const enabled = async () => (await connections.list()).filter((connection) => connection.enabled);
  /** Those that the library is read from. */
  const librarySources = async () => (await enabled()).filter(({ kind }) => !isTorrentClient(kind));
  const { sources, creditServer, posterSource, managers, restorers, askTags, availability } = createClients({
    http,
    target,
    enabled,
  });

  const storedSyncs = createRunStore(db);
  const syncRuns: typeof storedSyncs = {
    ...storedSyncs,
    saveProgress: async (...progress) => {
      await storedSyncs.saveProgress(...progress);
      events.publish('library');
    },
  };
  const sync = createSync({
    store: createSyncStore(db),
    runs: syncRuns,
    sources,
    sourceList: librarySources,
    files: { freeSpace },
    lock: lockFor('library.sync'),
    clock,
    standIns: () => cleanup.links.standIns(),
  });
  const library = createLibraryService({
    reader,
    runs: syncRuns,
    sync,
    sourceList: librarySources,
    sources,
    startSync: async (id) => void (await queue.add(librarySync, { syncId: id })),
    clock,
    newId,
  });
  /** What comes in is what the disks show, and what clean-up took away again. */
  const forecasting = createForecastService({
    reader,
    freedSince: (since) => cleanup.freed.onDisks(since),
    clock,
  });
  const librarySync = syncJob({
    runSync: async (id, signal = new AbortController().signal) => {
      await library.runSync(id, signal);
      if ((await cleanup.unconfirmed.lookAgain(signal)) > 0) events.publish('runs');
      events.publish('library');
      await queue.add(plan, {});
      // One that waits may wait for an hour, for a media server that is down.
      if ((await queue.add(askCredits, {})) === null) await titlesChanged();
    },
  });
  const titlesChanged = async () => {
    events.publish('library');
    await queue.add(search.jobs.index, { kind: 'item' });
  };
  const askCredits = creditsJob({
    credits: createCreditService({
      store: createCreditStore(db),
      open: creditServer,
      mediaServers: async () => (await enabled()).filter(({ kind }) => isMediaServer(kind)),
      clock,
    }),
    tellSearch: titlesChanged,
    clock,
  });

  /** Nobody presses thirty buttons in a minute, and who guesses gets no further than that. */
  const mayTryLink = createRateLimit({ most: 30, perMs: 60_000, now: clock.now });
  const requesterNames = createRequesterNames(db);
  const notifications = createNotifications({
    db,
    senders: createSenders(http),
    secrets: createSecrets(secretKey, 'notifications'),
    hide: hideFromLogs,
    knownPeople: async () => withRequestNames(await accounts.mailAddresses(), await requesterNames()),
    keep: (wish) => cleanup.keeping.askByLink(wish),
    // What waits for a later try must not hold up what is new, so the two have keys of their own.
    wake: async (channelId, at) => {
      const isLater = at !== null && at.getTime() - clock.now().getTime() > 15_000;
      await queue.add(
        notifications.jobs.deliver,
        { channelId },
        { ...(at ? { startAfter: at } : {}), ...(isLater ? { key: `${channelId}/later` } : {}) },
      );
    },
    mayTry: (address) => mayTryLink(networkOf(address)),
    origin: config.ORIGIN ?? null,
    newId,
    newToken: () => randomBytes(32).toString('base64url'),
    clock,
    log: { warn: (what, facts) => log.warn({ part: 'notifications', ...facts }, what) },
  });

  const cleanup = createCleanup({
    db,
    library,
    managers,
    restorers,
    connections: connections.list,
    askTags,
    measureDisks: createDiskMeasuring({
      store: createSyncStore(db),
      sources,
      sourceList: librarySources,
      files: { freeSpace },
      clock,
    }),
    growth: forecasting.growth,
    breathe: () => setImmediate(),
    exists,
    lookAt: fileAt,
    lockFor: (holder) => lockFor(holder).run,
    requestPlan: async (id) => void (await queue.add(plan, { policyId: id })),
    timetable: { saved: (policy) => timetable.saved(policy), removed: (id) => timetable.removed(id) },
    changed: () => {
      events.publish('plans');
      void queue.add(jobs.updateLeavingSoon, {});
    },
    keepDays: notifications.settings.keepDays,
    tell: notifications.tell,
    time: { ...clock, pause },
    newId,
    log: {
      info: (what, facts) => log.info({ part: 'cleanup', ...facts }, what),
      warn: (what, facts) => log.warn({ part: 'cleanup', ...facts }, what),
    },
  });
  const { planning, execution, byHand, runs, removals, restores, recycleBins, settings } = cleanup;
  const plan = planJob({
    planAll: async () => {
      const made = await planning.planAll();
      if (made.ok) await cleanup.news.plansMade(made.value);
      return made;
    },
    planNow: planning.planNow,
  });
  const askAgain = createAskAgain(availability, {
    warn: (what, facts) => log.warn({ part: 'cleanup', ...facts }, what),
  });
  /** What went is felt on the disks: they are read again, so that every page shows the space that is free now. */
  const afterRuns = async (ended: readonly Run[]) => {
    events.publish('runs');
    await cleanup.news.runsEnded(ended);
    const removed = ended.some(
      ({ mode, outcome }) => mode === 'real' && 'failed' in outcome && outcome.items > 0,
    );
    if (!removed) return;
    await askAgain();
    await library.requestSync({ acceptShrink: false });
  };
  const felt: typeof execution = {
    run: async (...wish) => {
      const done = await execution.run(...wish);
      if (done.ok) await afterRuns([done.value]);
      return done;
    },
    resume: async (signal) => {
      const done = await execution.resume(signal);
      if (done.ok && done.value.length > 0) await afterRuns(done.value);
      return done;
    },
  };
  const announced: typeof cleanup.leavingSoon = {
    update: async () => {
      await cleanup.news.leavingSoon();
      return cleanup.leavingSoon.update();
    },
  };
  const jobs = cleanupJobs(felt, announced, (signal) => library.freshen(signal));
  const timetable = keepTimetable(queue, jobs);
  const startRun = async (policyId: PolicyId, byName: string) =>
    (await queue.add(jobs.run, { policyId, startedBy: 'person', byName })) !== null;
  const resume = async () => (await queue.add(jobs.resume, {})) !== null;

  /** What came back is in the library after the next reading of its service. */
  const restoring = restoreJob({
    resume: async (signal) => {
      const done = await restores.resume(signal);
      events.publish('runs');
      const isBack = done.ok && done.value.some(({ state }) => state.is === 'restored');
      if (isBack) await library.requestSync({ acceptShrink: false });
      return done;
    },
  });
  const startRestore = async () => (await queue.add(restoring, {})) !== null;

  const janitorr = createJanitorrService({
    planning,
    settings: createImportSettings(settings),
    box: createSecrets(secretKey, 'janitorr'),
    connections: {
      list: connections.list,
      test: async ({ kind, url, key }) => {
        hideFromLogs(key);
        const tested = await connections.testDraft({ kind, url, key });
        if (!tested.ok) return { code: 'connections.bad-address' };
        return tested.value.ok ? null : tested.value.error;
      },
      add: async (service) => (await connections.create({ ...service, enabled: true, pathMappings: [] })).ok,
      added: async () => void (await library.requestSync({ acceptShrink: false })),
    },
  });

  const programs = createPrograms({
    ffmpeg: config.FFMPEG_PATH,
    ffprobe: config.FFPROBE_PATH,
    pdftoppm: config.PDFTOPPM_PATH,
    pdfimages: config.PDFIMAGES_PATH,
    tesseract: config.TESSERACT_PATH,
  });
  const [patreonSite, ...patreonFiles] = config.PATREON_ADDRESSES ?? [];
  const patreon = patreonSite === undefined ? undefined : { site: patreonSite, files: patreonFiles };
  const mediaFolder = resolve(config.MEDIA_DIR ?? join(config.DATA_DIR, 'media'));
  const titlesOf: TitlesOf = (paths, signal) => titlesOfPdfs(programs, paths, signal);
  const archive = createArchive({
    db,
    plugins: createPlugins({ http, streams: createHttpStreams(), programs, clock, patreon, titlesOf }),
    queue,
    box: createSecrets(secretKey, 'archive'),
    hide: hideFromLogs,
    changed: () => {
      events.publish('archive');
      wakeSearch();
    },
    looks: (shas) => enrichment.looks(shas),
    transcriptOf: (sha256) => enrichment.transcriptOf(sha256),
    picturesIn: (sha256) => enrichment.documentPictures.of(sha256),
    fetchMedia: (inTransaction, ids) => media.fetch(inTransaction, ids),
    keepPictures: ({ source, stored }, told, signal) => media.keepPictures({ source, stored, told }, signal),
    tell: {
      stopped: ({ id, name, problem, since, until }) =>
        notifications.tell({
          kind: 'source-stopped',
          source: {
            id,
            name,
            why: problem.code,
            since: since.toISOString(),
            until: until?.toISOString() ?? null,
          },
        }),
      expiring: ({ id, name, expiresAt }) =>
        notifications.tell({
          kind: 'source-expiring',
          source: { id, name, expiresAt: expiresAt.toISOString() },
        }),
    },
    time: { ...clock, pause },
    random: Math.random,
    newId,
    shortId,
    log: {
      info: (what, facts) => log.info({ part: 'archive', ...facts }, what),
      warn: (what, facts) => log.warn({ part: 'archive', ...facts }, what),
    },
  });

  const media = createMedia({
    db,
    folder: mediaFolder,
    queue,
    openSource: (id) => archive.openSource(id),
    onStored: async (inTransaction, { sha256 }) =>
      void (await queue.add(derivatives.derive, { sha256 }, { inTransaction })),
    onRemoved: (sha256) => enrichment.forget(sha256),
    freeSpace,
    changed: () => events.publish('archive'),
    time: { ...clock, pause },
    random: Math.random,
    newId,
    log: {
      info: (what, facts) => log.info({ part: 'media', ...facts }, what),
      warn: (what, facts) => log.warn({ part: 'media', ...facts }, what),
    },
  });

  const enrichment = createEnrichment({
    db,
    folder: join(mediaFolder, 'derived'),
    media: media.files,
    captioned: media.captions,
    listener: createListener(http),
    embedder: createEmbedder(http),
    secrets: createSecrets(secretKey, 'models'),
    hide: hideFromLogs,
    programs,
    wake: async (sha256) => void (await queue.add(derivatives.derive, { sha256 })),
    ocr: {
      languages: config.OCR_LANGUAGES,
      wake: async (sha256) => void (await queue.add(derivatives.recognise, { sha256 })),
    },
    documentPictures: {
      wake: async (sha256) => void (await queue.add(derivatives.takeOutPictures, { sha256 })),
      changed: () => events.publish('archive'),
    },
    speech: {
      wake: async (sha256) => void (await queue.add(derivatives.transcribe, { sha256 })),
      sweep: async () => void (await queue.add(derivatives.speechSweep, {})),
    },
    // Not behind one that waits an hour for a model that was wrong.
    meaning: {
      changed: async () => {
        search.meaning.forgetQuestions();
        await queue.add(search.jobs.embed, {}, { key: 'settings' });
      },
    },
    newId: shortId,
    onTextMade: async (sha256) => {
      await postTexts.touch(sha256);
      events.publish('archive');
      wakeSearch();
    },
    clock,
  });
  const derivatives = enrichmentJobs(enrichment);

  const postTexts = createPostTexts(db);
  const search = createSearch({
    db,
    postTexts,
    textsOf: enrichment.textsOf,
    embedder: enrichment.embedding,
    candidatesOf: await openCandidates(db),
    wakeEmbedding: async () => void (await queue.add(search.jobs.embed, {})),
    clock,
    log: {
      info: (what, facts) => log.info({ part: 'search', ...facts }, what),
      warn: (what, facts) => log.warn({ part: 'search', ...facts }, what),
    },
  });
  const wakeSearch = createWake({
    ask: (startAfter) => queue.add(search.jobs.index, { kind: 'post' }, { startAfter }),
    clock,
    calmMs: SEARCH_CALM_MS,
    onTrouble: (problem) => log.warn({ part: 'search', err: problem }, 'search learns of it at night'),
  });

  const posters = createPosterService({
    folder: join(config.DATA_DIR, 'cache', 'posters'),
    source: posterSource,
    clock,
  });

  const logs = createLogFiles(join(config.DATA_DIR, 'logs'));
  const serviceStates = async () =>
    (await enabled()).map(({ name, kind, health: own }) => ({ name, kind, ...stateOf(own) }));
  const testServices = async () => {
    await connections.testAll().finally(async () => {
      events.publish('services');
      await notifications.tell({ kind: 'services-tested', services: (await enabled()).flatMap(checkOf) });
    });
  };
  const health = createHealthService({
    version,
    startedAt,
    clock,
    vitals: {
      database: async () => void (await pool.query('select 1')),
      queue: async () => sumOf(Object.values(await queue.desk.counts())),
      disk: async () => {
        const { bavail, bsize, blocks } = await statfs(config.DATA_DIR);
        return { path: config.DATA_DIR, freeBytes: bavail * bsize, totalBytes: blocks * bsize };
      },
      media: media.storage.vital,
      enrichment: enrichment.vital,
      services: serviceStates,
    },
  });
  const spaces = async () =>
    (await library.disks()).map(({ path, freeBytes, totalBytes }) => ({
      path,
      freeBytes: freeBytes.known ? freeBytes.value : null,
      totalBytes: totalBytes.known ? totalBytes.value : null,
    }));
  const metrics = createMetricsService({ health: health.report, library: library.totals, disks: spaces });
  const stats = createStatsService({
    library: library.totals,
    disks: spaces,
    leaving: planning.leaving,
    lastSync: library.lastSync,
    lastRun: async () => (await runs.list({ limit: 1, before: null }))[0] ?? null,
    services: serviceStates,
  });

  const served = config.PROCESS_MODE === 'web' ? [] : config.QUEUES;
  const jobDesk = createJobsService({
    desk: queue.desk,
    known: queue.known,
    elsewhere: served.length < queueNames.length,
    log: { info: (what, facts) => log.info({ part: 'jobs', ...facts }, what) },
  });

  const api = createApi({
    whoIs: accounts.whoIs,
    version,
    log,
    edge: edgeApi({ health: health.report, metrics, whoIs: accounts.whoIs }),
    parts: [
      accountsApi(accounts),
      connectionsApi(connections),
      libraryApi(library, forecasting.forecasts),
      postersApi(posters),
      planningApi(planning),
      simulationApi(planning),
      mediaApi({ planning, library, clock }),
      keepApi(cleanup.keeping),
      honestBytesApi(cleanup.honestBytes),
      cleanupRunsApi({
        byHand,
        runs,
        removals,
        policy: planning.policy,
        approve: planning.approve,
        start: { run: startRun, resume },
      }),
      restoreApi({ restores, start: startRestore }),
      settingsApi(settings),
      linksApi(cleanup.links),
      janitorrApi(janitorr),
      sourcesApi(archive.sources, clock),
      ledgerApi(archive.ledger, archive.runs),
      notificationsApi(notifications),
      servingApi(media.serving),
      storageApi(media.storage),
      enrichmentApi(enrichment),
      documentPicturesApi(enrichment),
      transcriptsApi(enrichment),
      modelsApi(enrichment),
      meaningApi(enrichment),
      readingApi(archive.reading),
      searchApi({ ...search, startRebuild: async () => void (await queue.add(search.jobs.rebuild, {})) }),
      statsApi(stats),
      operationsApi(logs),
      jobsApi(jobDesk),
      eventsApi(events),
    ],
  });

  const allJobs = [
    librarySync,
    askCredits,
    plan,
    ...Object.values(jobs),
    restoring,
    ...connectionsJobs({ testAll: testServices }),
    ...Object.values(notifications.jobs),
    ...Object.values(operationsJobs(jobDesk)),
    ...Object.values(archive.jobs),
    ...Object.values(media.jobs),
    ...Object.values(derivatives),
    ...Object.values(search.jobs),
  ];
  await queue.serve(allJobs, served);
  if (config.PROCESS_MODE !== 'web') {
    for (const { policy } of await planning.listPolicies()) await timetable.saved(policy);
    await resume(); // what a crash left under way comes first
    await startRestore();
    await archive.begin();
    for (const kind of ['post', 'item'] as const) await queue.add(search.jobs.index, { kind });
    await search.embedSoon();
  }

  return {
    accounts,
    connections,
    library,
    forecasts: forecasting.forecasts,
    storage: { ...createStorageReader(db), freedByMonth: cleanup.freed.byMonth },
    planning,
    honestBytes: cleanup.honestBytes,
    execution: { startRun, resume, byHand, runs, removals },
    restoring: { ...restores, start: startRestore, bins: recycleBins.bins },
    settings,
    keeping: cleanup.keeping,
    twinsOf: cleanup.twinsOf,
    links: cleanup.links,
    janitorr,
    archive,
    media: { storage: media.storage },
    models: enrichment.models,
    meaning: enrichment.meaning,
    listening: { again: enrichment.speech.again },
    search,
    notifications,
    events,
    health,
    jobs: jobDesk,
    log,
    logs,
    version,
    lost,
    fetch: (request: Request) => api.fetch(request),
    openApi: () => api.request('/api/v1/openapi.json'),
    stop: async () => {
      await queue.stop({ graceMs: 5000 });
      archive.close();
      await database.close();
    },
  };
}

/** From the first word of a change until it is looked at: changes come in crowds. */
const SEARCH_CALM_MS = 5_000;

const sumOf = (counts: readonly { waiting: number; active: number; failed: number }[]) =>
  counts.reduce(
    (sum, one) => ({
      waiting: sum.waiting + one.waiting,
      active: sum.active + one.active,
      failed: sum.failed + one.failed,
    }),
    { waiting: 0, active: 0, failed: 0 },
  );

/** What a test of a service found; one that was never tested says nothing. */
function checkOf({ id, name, health }: Connection): ServiceCheck[] {
  if (health.state === 'untested') return [];
  return [
    { id, name, isUp: health.state !== 'offline', why: health.state === 'offline' ? health.why.code : null },
  ];
}

const stateOf = (health: Health): { state: string; why: string | null } => {
  if (health.state === 'offline') return { state: 'offline', why: health.why.code };
  return { state: health.state, why: health.state === 'degraded' ? health.why : null };
};
