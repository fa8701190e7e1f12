import { join } from 'node:path';
import type { ConnectionId, ItemId, PlanId, PolicyId, RunId } from '#core/ids.ts';
import { addDays } from '#core/time-span.ts';
import type { Removal, Run } from '#features/cleanup/core/removal/removal.ts';
import { createRemovalStore } from '#features/cleanup/server/execution/removals.store.ts';
import { createRunStore } from '#features/cleanup/server/execution/runs.store.ts';
import { openDb } from '#server/platform/db.ts';
import { createRandom, type Random } from '../seed/random.ts';
import { createTitles } from '../seed/titles.ts';
import type { ApiClient } from './client.ts';

type DiskAnswer = {
  id: string;
  totalBytes: { value: number | null };
  freeBytes: { value: number | null };
  rootFolders: { connectionId: string; path: string }[];
};
type Place = { id: string; total: number; free: number; connectionId: string; path: string };
type Gone = { at: Date; bytes: number; diskId: string };

const READINGS = { days: 60, perDay: 4 };
/** A run every twelve days in the last half year, four films each. */
const RUNS = { count: 15, everyDays: 12, films: 4 };
/** Of the disk: so much went with each film. */
const FILM_SHARE = 0.003;

/** Of the disk, each day: the fuller it is, the more people seem to like it. */
const growthOf = ({ free, total }: Place): number => {
  const share = free / total;
  return total * (share < 0.12 ? 0.0035 : share < 0.25 ? 0.002 : 0.0005);
};

/**
 * What a program would remember that has been here for half a year: how full the disks were in the last 60 days, and what
 * runs removed. Nobody can be asked for that afterwards, so it goes straight into the private server of the running program.
 */
export async function inventPast(data: string, api: ApiClient, now = new Date()): Promise<void> {
  const where = { socketFolder: join(data, 'postgres', 'run'), port: 5432, user: 'keepercheky' };
  const database = await openDb({ ...where, database: 'keepercheky' }, { maxConnections: 1 });
  if (!database.ok) throw new Error(database.error.code);
  const { db, pool, close } = database.value;
  try {
    const random = createRandom(7);
    const { items: disks } = await api.get<{ items: DiskAnswer[] }>('/disks');
    const places = disks.flatMap(placeOf);
    const policy = (await api.get<{ items: { id: string; policy: { name: string } }[] }>('/schedules'))
      .items[0];
    const gone: Gone[] = [];
    for (const place of places.filter(({ free, total }) => free / total < 0.25)) {
      for (const { run, removals, at } of pastRuns(place, { random, now, policy })) {
        await createRunStore(db).begin(run, removals);
        const store = createRemovalStore(db);
        for (const { id, plannedBytes } of removals) {
          await store.write(id, { is: 'removed', at, freedBytes: plannedBytes, notes: [] }, at);
          gone.push({ at, bytes: plannedBytes, diskId: place.id });
        }
        const bytes = removals.reduce((sum, { plannedBytes }) => sum + plannedBytes, 0);
        await createRunStore(db).end(run.id, at, {
          is: 'done',
          items: removals.length,
          bytes,
          failed: 0,
          leftAlone: 0,
        });
      }
    }
    for (const place of places) {
      for (const { at, free } of pastReadings(place, { random, now, gone })) {
        await pool.query(
          `insert into library_disk_readings (disk_id, at, total_bytes, free_bytes) values ($1, $2, $3, $4)
           on conflict do nothing`,
          [place.id, at, place.total, free],
        );
      }
    }
  } finally {
    await close();
  }
}

function placeOf({ id, totalBytes, freeBytes, rootFolders: [folder] }: DiskAnswer): Place[] {
  if (totalBytes.value === null || freeBytes.value === null || folder === undefined) return [];
  return [{ id, total: totalBytes.value, free: freeBytes.value, ...folder }];
}

function pastReadings(
  place: Place,
  { random, now, gone }: { random: Random; now: Date; gone: readonly Gone[] },
): { at: Date; free: number }[] {
  const steps = READINGS.days * READINGS.perDay;
  return Array.from({ length: steps }, (_, index) => {
    const days = (steps - index) / READINGS.perDay;
    const at = addDays(now, -days);
    const later = gone.filter((one) => one.diskId === place.id && one.at > at);
    const freed = later.reduce((sum, { bytes }) => sum + bytes, 0);
    const noise = (random.next() - 0.5) * growthOf(place) * 0.8;
    const free = place.free + growthOf(place) * days - freed + noise;
    return { at, free: Math.round(Math.min(place.total, Math.max(place.total * 0.005, free))) };
  });
}

type Told = { random: Random; now: Date; policy: { id: string; policy: { name: string } } | undefined };

function pastRuns(
  place: Place,
  { random, now, policy }: Told,
): { run: Run; removals: Removal[]; at: Date }[] {
  const makeTitle = createTitles(random.fork(`gone from ${place.id}`), now);
  return Array.from({ length: RUNS.count }, (_, index) => {
    const startedAt = addDays(now, -(index + 1) * RUNS.everyDays + random.next());
    const id = `past-${place.id}-${String(index)}`;
    const run: Run = {
      id: id as RunId,
      policyId: (policy?.id ?? null) as PolicyId | null,
      policyName: policy?.policy.name ?? null,
      planId: `${id}-plan` as PlanId,
      mode: 'real',
      startedBy: 'schedule',
      byName: null,
      startedAt,
      endedAt: null,
      outcome: { is: 'under-way' },
    };
    const removals = Array.from({ length: RUNS.films }, (_film, position) =>
      pastRemoval({ run, place, position: position + 1, title: makeTitle('film'), random }),
    );
    return { run, removals, at: new Date(startedAt.getTime() + 90_000) };
  });
}

function pastRemoval(input: {
  run: Run;
  place: Place;
  position: number;
  title: ReturnType<ReturnType<typeof createTitles>>;
  random: Random;
}): Removal {
  const { run, place, position, title, random } = input;
  const { connectionId, path: rootFolder, total } = place;
  const folder = `${rootFolder}/${title.name} (${String(title.year)})`;
  const externalId = 900_000 + (title.tmdbId % 100_000);
  const sizeBytes = Math.round(total * FILM_SHARE * (0.5 + random.next()));
  return {
    id: `${run.id}-${String(position)}`,
    runId: run.id,
    position,
    itemId: `${connectionId}-${String(externalId)}` as ItemId,
    connectionId: connectionId as ConnectionId,
    externalId,
    kind: 'film',
    seasonNumber: null,
    episodes: [],
    title: title.name,
    // One more than any title of the household has.
    identity: { tmdb: title.tmdbId + 1, tvdb: null, path: folder },
    plannedFiles: [{ externalId, path: `${folder}/${title.name}.mkv`, sizeBytes }],
    plannedBytes: sizeBytes,
    options: { addImportExclusion: false, removeRequests: true, exclusionTags: ['keep'] },
    keepsake: {
      year: title.year,
      tags: [],
      qualityProfile: 'HD-1080p',
      rootFolder,
      monitored: true,
      requestedBy: [],
      lastWatchedAt: null,
      verdict: null,
      before: null,
    },
    state: { is: 'planned' },
  };
}
