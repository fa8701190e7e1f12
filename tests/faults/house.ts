import type { ConnectionId, PolicyId } from '../../src/core/ids.ts';
import type { Result } from '../../src/core/result.ts';
import type { PolicyDraft } from '../../src/features/cleanup/core/policy/policy.ts';
import { aPolicy } from '../../src/features/cleanup/server/execution/execution.fake.ts';
import type { ServiceKind } from '../../src/features/connections/core/connection.ts';
import { startJellystat } from '../../tools/simulators/jellystat/start.ts';
import { startQbittorrent } from '../../tools/simulators/qbittorrent/start.ts';
import { secrets } from '../../tools/simulators/receivers/house.ts';
import { startReceivers } from '../../tools/simulators/receivers/start.ts';
import { startHousehold } from '../../tools/simulators/start.ts';
import type { TestDatabase } from '../support/database.ts';
import { seedNow, torrentsOf, troubledHousehold } from './household.ts';
import { openProgram } from './program.ts';
import type { Weather } from './weather.ts';

export const services = [
  'radarr',
  'sonarr',
  'jellyfin',
  'emby',
  'seerr',
  'qbittorrent',
  'jellystat',
] as const satisfies readonly ServiceKind[];
export type ServiceName = (typeof services)[number];

export type House = Awaited<ReturnType<typeof openHouse>>;

const household = troubledHousehold();

/** One household that is read, planned for and armed, with nothing wrong. */
export async function openHouse(database: TestDatabase, weather: Weather) {
  await emptied(database);
  const time = { at: seedNow.getTime() };
  const clock = { now: () => new Date(time.at), pass: (ms: number) => void (time.at += ms) };
  const running = await startHousehold(household, { now: clock.now, delayMs: 1 });
  const torrents = torrentsOf(household);
  for (const { row, linkOf } of torrents)
    running.world.storage.link(`${row.savePath}/${row.files[0]?.name ?? ''}`, linkOf);
  const qbittorrent = await startQbittorrent(running.world, { torrents: torrents.map(({ row }) => row) });
  const jellystat = await startJellystat(running.world);
  jellystat.plays.length = 0;
  const receivers = await startReceivers({ now: clock.now });
  const { world } = running;
  const program = openProgram({ database, http: weather.http, world, clock });
  const simulators = { ...running, qbittorrent, jellystat };

  const ids = {} as Record<ServiceName, ConnectionId>;
  for (const kind of services) {
    const { url, apiKey } = simulators[kind];
    ids[kind] = valueOf(
      await program.connections.create({
        kind,
        name: kind,
        url,
        key: apiKey,
        enabled: true,
        pathMappings: [],
      }),
    ).id;
  }
  await program.notifications.channels.create({
    name: 'ntfy',
    enabled: true,
    topics: ['run-done', 'run-stopped'],
    language: 'en',
    tellsRequesters: false,
    settings: { kind: 'ntfy', url: receivers.url, topic: 'keepercheky', priority: 3 },
    secret: secrets.ntfy,
  });
  await program.library.runSync(null);
  const policies = {
    films: await armed(program, { ...wish('films'), unit: 'film' }),
    seasons: await armed(program, { ...wish('seasons'), unit: 'season' }),
    /** Warns, and so never takes anything here: what is shown as leaving soon comes from it. */
    leaving: await armed(program, { ...wish('leaving'), unit: 'film', leavingSoonDays: 7 }),
  };
  return {
    ...program,
    simulators,
    receivers,
    world,
    clock,
    ids,
    policies,
    close: async () => {
      await Promise.all([qbittorrent, jellystat, receivers].map((one) => one.close()));
      await running.close();
    },
  };
}

/** One item per run, so that a household lasts for a whole row of the table. */
function wish(name: string): Omit<PolicyDraft, 'unit'> {
  const {
    id: _id,
    enabled: _enabled,
    armed: _armed,
    ...draft
  } = aPolicy({
    name,
    tiers: [{ freeBelowPercent: 99, maxAgeDays: 10 }],
    target: { unit: 'percent', value: 99 },
    leavingSoonDays: 0,
    caps: { items: 1, bytes: 1e15, libraryPercent: 100 },
    torrents: { remove: true, minRatio: 1, minSeedDays: null },
  });
  return draft;
}

async function armed({ planning }: ReturnType<typeof openProgram>, draft: unknown): Promise<PolicyId> {
  const { policy } = valueOf(await planning.addPolicy(draft as PolicyDraft));
  valueOf(await planning.arm(policy.id));
  valueOf(await planning.planNow(policy.id));
  return policy.id;
}

export function valueOf<T>(result: Result<T, unknown>): T {
  if (result.ok) return result.value;
  throw new Error(JSON.stringify(result.error));
}

async function emptied({ pool }: TestDatabase): Promise<void> {
  const { rows } = await pool.query<{ names: string }>(
    `select string_agg(format('%I', tablename), ', ') as names from pg_tables
     where tablename ~ '^(connections|library|cleanup|notification)'`,
  );
  await pool.query(`truncate ${rows[0]?.names ?? ''} cascade`);
}
