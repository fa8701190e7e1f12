import { known, unknown, type Fact } from '#core/fact.ts';
import type { ConnectionId, ItemId, RunId } from '#core/ids.ts';
import { err, ok, type Result } from '#core/result.ts';
import { isMediaServer, isPlaySource } from '#features/connections/core/connection.ts';
import {
  isFresh,
  trusted,
  trustPlaying,
  trustRequests,
  trustWatch,
  usualLimits,
  type Trust,
  type FreshnessLimits,
} from '../core/freshness.ts';
import { episodeOf, type Item } from '../core/item.ts';
import { unionOfNames } from '../core/people.ts';
import type { ReadProblem } from '../core/source.ts';
import type { Clock, LibraryBusy, NewId, SourceList, Sources, StartSync } from './ports.ts';
import type { SyncRun } from './runs.ports.ts';
import type { ItemDetails, LibraryReader, ShowChoice, RunStore, SourceRow } from './store.ports.ts';
import type { PlayRead } from './plays.ports.ts';
import type { createSync } from './sync.ts';
import { guard } from './sync/drain.ts';

export type LibraryDeps = {
  reader: LibraryReader;
  runs: RunStore;
  sync: ReturnType<typeof createSync>;
  sourceList: SourceList;
  sources: Pick<Sources, 'watchServer'>;
  startSync: StartSync;
  clock: Clock;
  newId: NewId;
};

export type LibraryService = ReturnType<typeof createLibraryService>;

/** A sync that has not been heard of for this long has died with its process, or its job was lost. */
const DEAD_AFTER_MS = 10 * 60_000;
const RUNS_SHOWN = 50;
const FRESH_FOR_A_RUN_MS = 30 * 60_000;

export function createLibraryService(
  { reader, runs, sync, sourceList, sources, startSync, clock, newId }: LibraryDeps,
  limits: FreshnessLimits = usualLimits,
) {
  const newRun = (acceptShrink: boolean, now: Date): SyncRun => ({
    id: newId() as RunId,
    state: 'queued',
    acceptShrink,
    requestedAt: now,
    startedAt: null,
    finishedAt: null,
    aliveAt: now,
    progress: null,
    results: [],
  });

  /** One that is switched on and was never read counts as much as one that was. */
  async function servers(): Promise<{ media: SourceRow[]; request: SourceRow[] }> {
    const [list, rows] = await Promise.all([sourceList(), reader.sources()]);
    const all = list.map(
      ({ id, kind, name }) => rows.find((row) => row.connectionId === id) ?? neverRead(id, kind, name),
    );
    return {
      media: all.filter(({ kind }) => isMediaServer(kind)),
      request: all.filter(({ kind }) => kind === 'seerr'),
    };
  }

  /** Takes away what is too old to decide on: asked anew for every reading, so that no plan uses stale evidence. */
  async function trust(): Promise<(item: Item) => Item> {
    const { media, request } = await servers();
    const now = clock.now();
    const word: Trust = {
      watch: trustWatch(media, now, limits.watchHours),
      playing: trustPlaying(media, now, limits.playingMinutes),
      requests: trustRequests(request, now, limits.watchHours),
    };
    return (item) => trusted(item, word);
  }

  return {
    /** Writes the run down and puts its job into the queue; refused while another one waits or runs. */
    async requestSync({ acceptShrink }: { acceptShrink: boolean }): Promise<Result<SyncRun, LibraryBusy>> {
      const now = clock.now();
      const alive = (run: SyncRun) => now.getTime() - run.aliveAt.getTime() < DEAD_AFTER_MS;
      const active = (await runs.list(RUNS_SHOWN)).some(
        (run) => (run.state === 'queued' || run.state === 'running') && alive(run),
      );
      if (active) return err({ code: 'library.busy', holder: 'library.sync' });
      const run = newRun(acceptShrink, now);
      await runs.add(run);
      await startSync(run.id);
      return ok(run);
    },

    /** The job. Without an id it is the time table that asks. A job that comes twice finds its run ended. */
    async runSync(id: RunId | null, signal?: AbortSignal): Promise<void> {
      const asked = id === null ? null : await runs.find(id);
      if (asked && hasEnded(asked)) return;
      const run = asked ?? newRun(false, clock.now());
      if (!asked) await runs.add(run);
      await sync(run, signal);
    },

    /**
     * Reads the services again unless all of them were read within the last half hour. Due before a run: who marks a film
     * as a favourite, or watches it, because it leaves tonight must be heard (J-116). What cannot be read stops the run,
     * but for a play source, which can only protect: it is enough that it was asked.
     */
    async freshen(signal?: AbortSignal): Promise<void> {
      const [list, rows] = await Promise.all([sourceList(), reader.sources()]);
      const now = clock.now();
      const readAt = new Map(
        rows.map((row) => [row.connectionId, isPlaySource(row.kind) ? row.lastAttemptAt : row.lastSuccessAt]),
      );
      if (list.every(({ id }) => isFresh(readAt.get(id) ?? null, now, FRESH_FOR_A_RUN_MS))) return;
      const run = newRun(false, now);
      await runs.add(run);
      await sync(run, signal);
    },

    listSyncs: () => runs.list(RUNS_SHOWN),

    async findSync(id: RunId): Promise<Result<SyncRun, { code: 'library.sync-not-found' }>> {
      const run = await runs.find(id);
      return run ? ok(run) : err({ code: 'library.sync-not-found' });
    },

    lastSync: async (): Promise<SyncRun | null> => (await runs.list(1))[0] ?? null,

    /** Every film, show and season, for the planner. */
    async *readItems(): AsyncGenerator<Item[]> {
      const judge = await trust();
      for await (const batch of reader.readItems()) yield batch.map(judge);
    },

    /** The episode files of some shows, with all that is known of each (T-05); nobody holds those of a whole library. */
    async *episodeItems(shows: ShowChoice): AsyncGenerator<Item[]> {
      const judge = await trust();
      for await (const batch of reader.episodeItems(shows)) yield batch.map(judge);
    },

    showStates: (shows: readonly ItemId[]) => reader.showStates(shows, clock.now()),

    /** With how old the word of each service is. */
    async findItem(
      id: ItemId,
    ): Promise<(ItemDetails & { sources: SourceRow[]; playReads: PlayRead[] }) | null> {
      const file = episodeOf(id);
      const found = file ? await reader.findEpisode(file) : await reader.findItem(id);
      if (!found) return null;
      const [judge, rows, playReads] = await Promise.all([trust(), reader.sources(), reader.playReads()]);
      const asked = rows.filter(
        (row) => row.connectionId === found.item.connectionId || tellsOfItems(row.kind),
      );
      return {
        ...found,
        item: judge(found.item),
        seasons: found.seasons.map(judge),
        sources: asked,
        playReads,
      };
    },

    /**
     * Everybody who can sign in at any media server, each once: who "everybody has watched it" means. Unknown when one
     * of them was not read well, or told nobody: a person left out would not be waited for.
     */
    async mediaUsers(): Promise<Fact<readonly string[]>> {
      const { media } = await servers();
      const told = trustWatch(media, clock.now(), limits.watchHours);
      if (!told.known) return told;
      if (media.some(({ users }) => users.length === 0)) return unknown('media-server-stale');
      return known(unionOfNames(media.map(({ users }) => users)));
    },

    totals: () => reader.totals(),
    titlesWithin: (ownPath: string) => reader.titlesWithin(ownPath),
    disks: () => reader.disks(),
    diskReadings: (since: Date) => reader.diskReadings(since),
    sources: () => reader.sources(),
    playReads: () => reader.playReads(),
    forget: (ids: readonly ItemId[]) => reader.forget(ids),

    /** Asks every media server who plays what at this moment: cheap, and due before a plan is made or carried out. */
    async refreshPlaying(): Promise<Result<void, ReadProblem>> {
      for (const { connectionId } of (await servers()).media) {
        const told = await guard('sessions', async () => (await sources.watchServer(connectionId)).playing());
        if (!told.ok) return told;
        const ids = told.value.map((play) => play.mediaExternalId);
        await reader.savePlaying(connectionId, ids, clock.now());
      }
      return ok(undefined);
    },
  };
}

/** Whose word is about titles that another service holds. */
const tellsOfItems = (kind: SourceRow['kind']): boolean =>
  isMediaServer(kind) || isPlaySource(kind) || kind === 'seerr';

/** A run that was interrupted, or that still says it runs when its job comes back, is read again: nothing was kept of it. */
const hasEnded = ({ state }: SyncRun): boolean => !['queued', 'running', 'interrupted'].includes(state);

const neverRead = (connectionId: ConnectionId, kind: SourceRow['kind'], name: string): SourceRow => ({
  connectionId,
  kind,
  name,
  lastSuccessAt: null,
  lastAttemptAt: null,
  problem: null,
  problemSince: null,
  count: 0,
  playing: [],
  playingReadAt: null,
  users: [],
});
