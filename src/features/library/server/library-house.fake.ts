import type { ConnectionId, ItemId, RunId } from '#core/ids.ts';
import type { TestDatabase } from '../../../../tests/support/database.ts';
import type { Item } from '../core/item.ts';
import type { StandIns } from '../core/stand-ins.ts';
import { createDiskMeasuring } from './disks.measure.ts';
import { fill, jellyfin, radarr, radarr4k, seerr, sonarr } from './household.fake.ts';
import { fakeClock, fakeLock, fakeSources, noFiles } from './ports.fake.ts';
import { aRun } from './runs.fake.ts';
import type { SyncRun } from './runs.ports.ts';
import { createRunStore } from './runs.store.ts';
import { createLibraryService } from './service.ts';
import type { ShowChoice } from './store.ports.ts';
import { createLibraryReader, createSyncStore } from './store.ts';
import { createSync } from './sync.ts';

type Wish = {
  /** The services of the house, in the order in which they are listed. */
  services?: Parameters<typeof fakeSources>[0];
  standIns?: () => Promise<StandIns>;
};

const usual: NonNullable<Wish['services']> = [
  { id: radarr, kind: 'radarr' },
  { id: radarr4k, kind: 'radarr' },
  { id: sonarr, kind: 'sonarr' },
  { id: jellyfin, kind: 'jellyfin' },
  { id: seerr, kind: 'seerr' },
];

/** The usual household, and the library that is read of it into a real database. */
export function aLibraryHouse({ db }: TestDatabase, { services = usual, ...wish }: Wish = {}) {
  const clock = fakeClock();
  const lock = fakeLock();
  const house = fakeSources(services);
  fill(house);
  const runs = createRunStore(db);
  const reader = createLibraryReader(db);
  const { sources, sourceList } = house;
  const parts = { store: createSyncStore(db), sources, sourceList, files: noFiles, clock };
  const sync = createSync({ ...parts, ...wish, runs, lock: lock.lock });
  let number = 0;
  const newId = () => `run-${String((number += 1))}`;
  const service = createLibraryService({
    reader,
    runs,
    sync,
    sourceList,
    sources,
    startSync: async () => undefined,
    clock,
    newId,
  });

  async function begin({ hours = 1, acceptShrink = false } = {}): Promise<SyncRun> {
    clock.pass(hours);
    const asked = aRun({ id: newId() as RunId, acceptShrink, requestedAt: clock.now() });
    await runs.add(asked);
    return asked;
  }

  return {
    clock,
    lock,
    house,
    runs,
    reader,
    service,
    measureDisks: createDiskMeasuring(parts),

    /** A sync, some time after the last one. */
    async run(asked: Parameters<typeof begin>[0] = {}): Promise<SyncRun> {
      const begun = await begin(asked);
      await sync(begun);
      return (await runs.find(begun.id)) ?? begun;
    },
    /** A sync that may be stopped. */
    start: async (signal: AbortSignal) => sync(await begin(), signal),

    async items(): Promise<Map<string, Item>> {
      const all = (await Array.fromAsync(service.readItems())).flat();
      return new Map(all.map((item) => [item.id as string, item]));
    },
    episodeBatches: (choice: ShowChoice): Promise<Item[][]> => Array.fromAsync(service.episodeItems(choice)),
    find: async (id: string) => {
      const found = await reader.findItem(id as ItemId);
      if (!found) throw new Error(`no ${id}`);
      return found;
    },
    /** What is wrong with a service, as pages show it. */
    problemOf: async (id: ConnectionId) =>
      (await reader.sources()).find((source) => source.connectionId === id)?.problem,
  };
}

/** What a sync said of one service. */
export const toldOf = ({ results }: SyncRun, id: ConnectionId) =>
  results.find((result) => result.connectionId === id)?.problem;

export async function emptyLibrary({ pool }: Pick<TestDatabase, 'pool'>): Promise<void> {
  const { rows } = await pool.query<{ name: string }>(
    `select string_agg(tablename, ', ') as name from pg_tables where tablename like 'library\\_%'`,
  );
  await pool.query(`truncate ${rows[0]?.name ?? ''}`);
}
