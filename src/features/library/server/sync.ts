import type { RunId } from '#core/ids.ts';
import { err, type Result } from '#core/result.ts';
import { isMediaServer, isPlaySource } from '#features/connections/core/connection.ts';
import type { SyncProblem } from '../core/source.ts';
import { noStandIns, type StandIns } from '../core/stand-ins.ts';
import type { Clock, FileSystem, LibraryBusy, LibraryLock, SourceList, Sources } from './ports.ts';
import type { Progress, SourceResult, SyncRun } from './runs.ports.ts';
import type { RunStore, SourceRow, SyncStore, SyncWriter } from './store.ports.ts';
import {
  readFilms,
  readShows,
  type CatalogueRead,
  type ReadContext,
  type SourceRead,
} from './sync/catalogue.ts';
import { writeDisks, type StorageRead } from './sync/disks.ts';
import { guard, type Report } from './sync/drain.ts';
import { linkEverything } from './sync/linking.ts';
import { readMedia, type MediaRead } from './sync/media.ts';
import { readPlays } from './sync/plays.ts';
import { createRelink } from './sync/relink.ts';
import { readRequests } from './sync/requests.ts';

export type SyncDeps = {
  store: SyncStore;
  runs: RunStore;
  sources: Sources;
  sourceList: SourceList;
  files: FileSystem;
  lock: LibraryLock;
  clock: Clock;
  /** Clean-up may keep folders of links, which media servers show as if they were more titles. */
  standIns?: () => Promise<StandIns>;
  allowedShrinkPercent?: number;
};

type Listed = Awaited<ReturnType<SourceList>>[number];
type Context = ReadContext & { writer: SyncWriter };
type Read = SourceRead & Partial<Pick<CatalogueRead, 'storage'> & Pick<MediaRead, 'playing' | 'users'>>;

/** `linked`: what the evidence was made of. */
type Replaced = { results: SourceResult[]; linked: string };

/** After this many new rows the planner of the database guesses wrong until it has looked. */
const MANY = 1_000;

const nothing = { added: 0, changed: 0, removed: 0 };

/** Reads every service that is switched on. Answers `library.busy` when a plan or a removal has the library. */
export function createSync({
  store,
  runs,
  sources,
  sourceList,
  files,
  lock,
  clock,
  standIns = () => Promise.resolve(noStandIns),
  allowedShrinkPercent = 20,
}: SyncDeps) {
  const relink = createRelink();

  return async function sync(
    run: SyncRun,
    signal?: AbortSignal,
  ): Promise<Result<SyncRun['state'], LibraryBusy>> {
    const done = await lock.run(async () => {
      await runs.interruptOthers(run.id, clock.now());
      await runs.start(run.id, clock.now());
      try {
        const { results, linked } = await store.write((writer) => replace(writer, run, signal));
        relink.remember(linked);
        const failures = results.filter((result) => result.problem).length;
        const state = failures === 0 ? 'done' : failures === results.length ? 'failed' : 'partial';
        await runs.finish(run.id, { state, at: clock.now(), results });
        return state;
      } catch (problem) {
        // A program that is stopping leaves the run to the queue, which brings its job back.
        const state = signal?.aborted ? 'interrupted' : 'failed';
        await runs.finish(run.id, { state, at: clock.now(), results: [] });
        throw problem;
      }
    });
    if (!done.ok) await runs.finish(run.id, { state: 'busy', at: clock.now(), results: [] });
    return done.ok ? done : err(done.error);
  };

  async function replace(all: SyncWriter, run: SyncRun, signal?: AbortSignal): Promise<Replaced> {
    const { writer, isNeeded, inputs } = relink.during(all);
    const report = reporter(runs, run.id, clock, signal);
    const list = await sourceList();
    await writer.keepOnly(list.map((source) => source.id));
    const before = new Map((await writer.sources()).map((row) => [row.connectionId, row]));
    const results: SourceResult[] = [];
    const storages: StorageRead[] = [];

    for (const source of inOrder(list)) {
      await writer.clear();
      const old = before.get(source.id);
      const startedAt = clock.now();
      const from = { connectionId: source.id, pathMappings: source.pathMappings };
      const read = await readSource(source, {
        writer,
        from,
        report,
        acceptShrink: run.acceptShrink,
        allowedPercent: allowedShrinkPercent,
        lastSuccessAt: old?.lastSuccessAt ?? null,
        standIns: await standIns(),
      });
      if (read.ok && read.value.storage) storages.push({ from, storage: read.value.storage });
      await writer.saveSource(sourceRow(source, old, read, startedAt, clock.now()));
      if (read.ok && isMediaServer(source.kind)) await readPlugIn(source, { writer, report });
      results.push(resultOf(source, old, read));
    }

    await distrustMoved(writer, list);
    await report({ step: 'disks', done: 0, total: storages.length });
    const failed = new Set(results.filter((result) => result.problem).map((result) => result.connectionId));
    const disks = await writeDisks(writer, storages, failed, files, clock.now());
    const links = await standIns();
    if (await isNeeded(links)) await linkEverything(writer, { standIns: links, disks, report });
    else await writer.writeDiskOfItems(disks);
    if (results.some(({ changes }) => changes.added > MANY)) await writer.refreshStatistics();
    return { results, linked: await inputs(links) };
  }

  /** A service whose address was changed while it was being read was read at the old one. */
  async function distrustMoved(writer: SyncWriter, asked: readonly Listed[]): Promise<void> {
    const now = new Map((await sourceList()).map(({ id, url }) => [id, url]));
    for (const { id, url } of asked) if (now.get(id) !== url) await writer.distrust(id);
  }

  /** What the plug-in of a media server counted. It says itself how that went, and never makes the server's own word less. */
  async function readPlugIn({ id }: Listed, { writer, report }: Pick<Context, 'writer' | 'report'>) {
    const client = await open(() => sources.playSource(id));
    const from = { connectionId: id };
    if (client.ok)
      await readPlays(client.value, { writer, from, report, isOwnServer: true, now: clock.now() });
  }

  async function readSource(source: Listed, context: Context): Promise<Result<Read, SyncProblem>> {
    switch (source.kind) {
      case 'radarr': {
        const client = await open(() => sources.filmCatalogue(source.id));
        return client.ok ? readFilms(client.value, context) : client;
      }
      case 'sonarr': {
        const client = await open(() => sources.showCatalogue(source.id));
        return client.ok ? readShows(client.value, context) : client;
      }
      case 'jellyfin':
      case 'emby': {
        const client = await open(() => sources.watchServer(source.id));
        return client.ok ? readMedia(client.value, context) : client;
      }
      case 'jellystat':
      case 'streamystats':
      case 'tautulli': {
        const client = await open(() => sources.playSource(source.id));
        const { writer, from, report } = context;
        return client.ok
          ? readPlays(client.value, { writer, from, report, isOwnServer: false, now: clock.now() })
          : client;
      }
      case 'seerr': {
        const client = await open(() => sources.requestServer(source.id));
        return client.ok ? readRequests(client.value, context) : client;
      }
      case 'qbittorrent':
      case 'transmission':
      case 'deluge':
        throw new Error(`The library is not read from ${source.kind}`); // main.ts leaves them out
    }
  }
}

const open = <T>(client: () => Promise<T>) =>
  guard<T>('connection', async () => ({ ok: true, value: await client() }));

/** Play sources come last: they are asked about what the media servers have. */
const inOrder = (list: readonly Listed[]): Listed[] => [
  ...list.filter(({ kind }) => !isPlaySource(kind)),
  ...list.filter(({ kind }) => isPlaySource(kind)),
];

/** `startedAt` is the moment of success: what changed over there while we read belongs to the next sync. */
function sourceRow(
  { id, kind, name }: Listed,
  old: SourceRow | undefined,
  read: Result<Read, SyncProblem>,
  startedAt: Date,
  endedAt: Date,
): SourceRow {
  const attempt = { connectionId: id, kind, name, lastAttemptAt: startedAt };
  if (read.ok) {
    const { playing, users, count } = read.value;
    return {
      ...attempt,
      lastSuccessAt: startedAt,
      problem: null,
      problemSince: null,
      count,
      playing: playing ?? [],
      playingReadAt: playing ? endedAt : null,
      users: users ?? [],
    };
  }
  return {
    ...attempt,
    lastSuccessAt: old?.lastSuccessAt ?? null,
    problem: read.error,
    problemSince: old?.problemSince ?? startedAt,
    count: old?.count ?? 0,
    playing: old?.playing ?? [],
    playingReadAt: old?.playingReadAt ?? null,
    users: old?.users ?? [],
  };
}

const resultOf = (
  { id, kind, name }: Listed,
  old: SourceRow | undefined,
  read: Result<Read, SyncProblem>,
): SourceResult => ({
  connectionId: id,
  kind,
  name,
  problem: read.ok ? null : read.error,
  count: read.ok ? read.value.count : (old?.count ?? 0),
  changes: read.ok ? read.value.changes : nothing,
});

/** A page looks once a second; more would be work for nobody. */
const REPORT_EVERY_MS = 1_000;

/** Between two batches is also where a stopping program may leave: the transaction is undone. */
function reporter(runs: RunStore, id: RunId, clock: Clock, signal?: AbortSignal): Report {
  let last: { at: number; step: Progress['step'] } | null = null;
  return async (progress) => {
    signal?.throwIfAborted();
    const now = clock.now();
    if (last && last.step === progress.step && now.getTime() - last.at < REPORT_EVERY_MS) return;
    last = { at: now.getTime(), step: progress.step };
    await runs.saveProgress(id, progress, now);
  };
}
