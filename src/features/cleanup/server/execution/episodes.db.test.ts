import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { ConnectionId, ItemId, PolicyId, UserId } from '#core/ids.ts';
import type { Result } from '#core/result.ts';
import { openProgram, type Program } from '../../../../../tests/faults/program.ts';
import { openTestDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import { seedHousehold } from '../../../../../tools/seed.ts';
import type { EpisodeFileRow, Household, ShowRow } from '../../../../../tools/seed/household.ts';
import { startHousehold, type RunningHousehold } from '../../../../../tools/simulators/start.ts';
import { createHttp } from '../../../../server/platform/http.ts';
import { anEpisodesPolicy } from '../../core/build.fake.ts';
import { aChoice } from '../../core/restore/restore.fake.ts';
import type { EpisodesRule, PolicyBase } from '../../core/policy/policy.ts';

const seedNow = new Date('2026-11-20T12:00:00.000Z');
const alive = new AbortController().signal;
let database: TestDatabase;
let home: Awaited<ReturnType<typeof openHome>>;

beforeAll(async () => {
  database = await openTestDatabase();
}, 60_000);
afterEach(() => home.running.close());
afterAll(() => database.close());

function valueOf<T>(result: Result<T, unknown>): T {
  if (result.ok) return result.value;
  throw new Error(JSON.stringify(result.error));
}

/** A household with a daily show of two years and a special, of which every file is somewhere in Jellyfin and nobody is in the middle of anything. */
async function openHome() {
  const { rows } = await database.pool.query<{ names: string }>(
    `select string_agg(format('%I', tablename), ', ') as names from pg_tables
     where tablename ~ '^(connections|library|cleanup|notification)'`,
  );
  await database.pool.query(`truncate ${rows[0]?.names ?? ''} cascade`);
  const household = seedHousehold({ films: 4, series: 4, users: 2, seed: 3, now: seedNow });
  household.jellyfin.playing = [];
  const daily = household.sonarr.shows.find(({ seriesType }) => seriesType === 'daily');
  if (!daily) throw new Error('The household has no daily show');
  shorten(daily);
  household.seerr = requestFor(daily, household);
  const time = { at: seedNow.getTime() };
  const clock = { now: () => new Date(time.at), pass: (ms: number) => void (time.at += ms) };
  const running = await startHousehold(household, { now: clock.now, delayMs: 1 });
  const program = openProgram({ database, http: createHttp(), world: running.world, clock });
  const ids: Partial<Record<string, ConnectionId>> = {};
  for (const kind of ['radarr', 'sonarr', 'jellyfin', 'seerr'] as const) {
    const { url, apiKey } = running[kind];
    const draft = { kind, name: kind, url, key: apiKey, enabled: true, pathMappings: [] };
    ids[kind] = valueOf(await program.connections.create(draft)).id;
  }
  await program.library.runSync(null);
  const show = () => {
    const found = running.sonarr.state.shows.find(({ id }) => id === daily.id);
    if (!found) throw new Error('The daily show is gone');
    return found;
  };
  return { running, program, clock, show, showId: `${ids['sonarr'] ?? ''}-${String(daily.id)}` as ItemId };
}

/** Of the older year only the first episodes: fifty removals take long and prove no more than fifteen. */
function shorten(show: ShowRow): void {
  const left = ({ season, number }: ShowRow['episodes'][number]) => season !== 2025 || number <= 15;
  show.episodes = show.episodes.filter(left);
  const ids = new Set(show.episodes.map(({ fileId }) => fileId));
  show.files = show.files.filter(({ id }) => ids.has(id));
}

/** One request, for the daily show and its older year. */
function requestFor({ id, title }: ShowRow, { seerr, titles }: Household): Household['seerr'] {
  const { tmdbId = 0, tvdbId = null, imdbId = null } = titles[title] ?? {};
  const [media] = seerr.media;
  const [request] = seerr.requests;
  if (!media || !request) throw new Error('The household asked for nothing');
  const service = { serviceId: 0, externalServiceId: id };
  return {
    media: [{ ...media, ...service, id: 801, kind: 'tv', title, tmdbId, tvdbId, imdbId }],
    requests: [{ ...request, id: 901, mediaId: 801, kind: 'tv', is4k: false, seasons: [2025] }],
  };
}

async function armed(
  { planning }: Program,
  over: Partial<PolicyBase & EpisodesRule> = {},
): Promise<PolicyId> {
  const {
    id: _id,
    enabled: _enabled,
    armed: _armed,
    ...draft
  } = anEpisodesPolicy({
    keepLast: 5,
    leavingSoonDays: 0,
    favouritesProtect: false,
    halfWayProtects: false,
    caps: { items: 500, bytes: 1e15, libraryPercent: 100 },
    ...over,
  });
  const { policy } = valueOf(await planning.addPolicy(draft));
  valueOf(await planning.arm(policy.id));
  return policy.id;
}

/** Newest first, as people count: by season, then by the last episode in the file. */
function newestFirst({ files, episodes }: ShowRow): EpisodeFileRow[] {
  const last = ({ id }: EpisodeFileRow) =>
    Math.max(...episodes.filter(({ fileId }) => fileId === id).map(({ number }) => number));
  return files
    .filter(({ season }) => season > 0)
    .toSorted((a, b) => b.season - a.season || last(b) - last(a));
}

const pathsOf = (files: readonly EpisodeFileRow[]) => files.map(({ path }) => path).toSorted();
const videos = ({ world }: RunningHousehold) =>
  world.storage.list('/').filter((path) => path.endsWith('.mkv'));
const planned = async ({ planning }: Program, id: PolicyId) =>
  valueOf(await planning.makePlan(id))
    .entries.filter(({ fate }) => fate.is === 'remove')
    .map(({ itemId }) => itemId)
    .toSorted();
const idsOf = (files: readonly EpisodeFileRow[], show: ItemId) =>
  files.map(({ id }) => `${show}-f${String(id)}`).toSorted();

test('C-05 J-70 J-76 J-97: of a daily show the last five files stay, and exactly the others go from the disk, none through Jellyfin', async () => {
  home = await openHome();
  const { running, program, show, showId } = home;
  const before = videos(running);
  const was = structuredClone(show());
  const requests = structuredClone(running.seerr.state.requests);
  const [kept, doomed] = [newestFirst(was).slice(0, 5), newestFirst(was).slice(5)];
  expect(doomed.length).toBeGreaterThan(10);
  const shared = doomed.filter(({ id }) => was.episodes.filter(({ fileId }) => fileId === id).length > 1);
  expect(shared.length).toBeGreaterThan(0);

  const policy = await armed(program);
  expect(await planned(program, policy)).toEqual(idsOf(doomed, showId));
  const run = valueOf(await program.execution.run(policy, { startedBy: 'schedule', byName: null }, alive));
  expect(run.outcome).toMatchObject({ is: 'done', items: doomed.length, failed: 0, leftAlone: 0 });
  await running.world.settle();

  const gone = before.filter((path) => !running.world.storage.has(path));
  // J-97: a whole run asks Jellyfin to delete nothing, neither these files nor other copies of them.
  expect(running.jellyfin.requests.filter(({ method }) => method === 'DELETE')).toEqual([]);
  expect(gone.toSorted()).toEqual(pathsOf(doomed)); // T-05: a file with two episodes once
  expect(pathsOf(show().files.filter(({ season }) => season > 0))).toEqual(pathsOf(kept));
  const isDoomed = ({ fileId }: { fileId: number }) => doomed.some(({ id }) => id === fileId);
  expect(show().episodes).toEqual(
    was.episodes.map((one) => (isDoomed(one) ? { ...one, fileId: 0, monitored: false } : one)),
  );
  expect(show().seasons).toEqual(was.seasons);
  // T-40: not even that for the year of which every episode went, because its season is wanted still.
  expect(running.seerr.state.requests).toEqual(requests);

  const history = await program.removals.history({ limit: 500, after: null });
  const [double] = shared;
  expect(
    history.find(({ removal }) => removal.itemId === `${showId}-f${String(double?.id)}`)?.removal,
  ).toMatchObject({
    kind: 'episode',
    episodes: was.episodes
      .filter(({ fileId }) => fileId === double?.id)
      .map(({ season, number }) => ({ seasonNumber: season, episodeNumber: number })),
    state: { is: 'removed', freedBytes: double?.sizeBytes },
  });
  expect(await planned(program, policy)).toEqual([]);
  const again = valueOf(await program.execution.run(policy, { startedBy: 'schedule', byName: null }, alive));
  expect(again.outcome).toMatchObject({ is: 'done', items: 0 });
}, 60_000);

test('J-71 J-72: announcing the next season between two plans shifts nothing', async () => {
  home = await openHome();
  const { running, program, show } = home;
  const policy = await armed(program);
  const first = await planned(program, policy);
  const next = 2027;
  show().seasons.push({ number: next, monitored: true });
  const [template] = show().episodes;
  if (!template) throw new Error('no episodes');
  const announced = (number: number, airedAt: string | null) => ({
    ...template,
    id: 900_000 + number,
    season: next,
    number,
    airedAt,
    fileId: 0,
  });
  show().episodes.push(announced(1, '2027-01-04T20:00:00Z'), announced(2, null));
  running.sonarr.server.forget(show().id);
  await program.library.runSync(null);
  expect(await planned(program, policy)).toEqual(first);
  // J-72: also where only the running season is cleaned up, because the announced one is not the newest with files.
  const running2026 = await armed(program, { olderSeasons: false });
  const seasonOf = new Map(show().files.map(({ id, season }) => [String(id), season]));
  const seasons = (await planned(program, running2026)).map((id) => seasonOf.get(id.split('-f')[1] ?? ''));
  expect(new Set(seasons)).toEqual(new Set([2026]));
}, 60_000);

test('J-75: history rows of lost episodes, of seasons numbered by year too, stop nothing and change nothing', async () => {
  home = await openHome();
  const { running, program, show } = home;
  const policy = await armed(program);
  const first = await planned(program, policy);
  const rows = running.sonarr.state.history.filter(({ titleId }) => titleId === show().id);
  const [imported] = rows.filter(({ event }) => event === 'imported');
  if (!imported) throw new Error('no history');
  running.sonarr.state.history.push(
    { ...imported, id: 990_001, episodeId: 999_999, at: seedNow.toISOString() },
    { ...imported, id: 990_002, episodeId: 0, at: seedNow.toISOString() },
  );
  home.clock.pass(60_000);
  await program.library.runSync(null);
  expect(await planned(program, policy)).toEqual(first);
}, 60_000);

test('J-74: an old episode that came again the day before yesterday is young', async () => {
  home = await openHome();
  const { program, show, showId } = home;
  const again = show().files.find(({ addedAt }) => addedAt === '2026-11-18T12:00:00.000Z');
  const policy = await armed(program, { keepLast: null, keepDays: 30 });
  const going = await planned(program, policy);
  const limit = Date.parse('2026-10-21T12:00:00.000Z');
  const old = newestFirst(show()).filter(({ addedAt }) => Date.parse(addedAt) < limit);
  expect(going).toEqual(idsOf(old, showId));
  expect(going).not.toContain(`${showId}-f${String(again?.id)}`);
}, 60_000);

test('C-07: what leaves soon stands in Jellyfin with its episodes, and never as the whole show', async () => {
  home = await openHome();
  const { running, program, show } = home;
  const policy = await armed(program, { leavingSoonDays: 14 });
  await planned(program, policy);
  const leaving = await program.planning.leaving();
  const doomed = newestFirst(show()).slice(5);
  expect(leaving).toHaveLength(doomed.length);
  expect(leaving.every(({ kind, episodes }) => kind === 'episode' && episodes.length > 0)).toBe(true);
  expect(await program.leavingSoon.update()).toEqual({ failed: 0 });
  const { items } = running.jellyfin.state;
  const members = items.filter(({ kind }) => kind === 'BoxSet').flatMap((set) => set.members);
  const shown = items.filter(({ id }) => members.includes(id));
  expect(shown.length).toBeGreaterThan(10);
  expect(new Set(shown.map(({ kind }) => kind))).toEqual(new Set(['Episode']));
  expect(shown.map(({ path }) => path).every((path) => pathsOf(doomed).includes(path ?? ''))).toBe(true);
}, 60_000);

test('C-14: an episode that went comes back: wanted again as it was, searched for, and its show is kept', async () => {
  home = await openHome();
  const { running, program, show, showId } = home;
  const was = structuredClone(show());
  const policy = await armed(program, { caps: { items: 3, bytes: 1e15, libraryPercent: 100 } });
  const run = valueOf(await program.execution.run(policy, { startedBy: 'schedule', byName: null }, alive));
  expect(run.outcome).toMatchObject({ is: 'done', items: 3 });
  await running.world.settle();
  const history = await program.removals.history({ limit: 10, after: null });
  const [removal] = history
    .map((entry) => entry.removal)
    .toSorted((a, b) => b.episodes.length - a.episodes.length);
  if (!removal) throw new Error('nothing was removed');
  const isIn = ({ season, number }: { season: number; number: number }) =>
    removal.episodes.some((one) => one.seasonNumber === season && one.episodeNumber === number);
  expect(
    show()
      .episodes.filter(isIn)
      .every(({ monitored }) => !monitored),
  ).toBe(true);

  const by = { id: 'user-1' as UserId, name: 'Ana' };
  valueOf(await program.restores.begin(removal.id, { choice: aChoice(), by }));
  await program.restores.resume(alive);
  const monitoredOf = (rows: ShowRow['episodes']) => rows.filter(isIn).map(({ monitored }) => monitored);
  expect(monitoredOf(show().episodes)).toEqual(monitoredOf(was.episodes));
  expect(
    show()
      .episodes.filter(isIn)
      .every(({ fileId }) => fileId > 0),
  ).toBe(true);
  const others = show().episodes.filter((one) => !isIn(one) && one.fileId === 0 && !one.monitored);
  expect(others.length).toBeGreaterThanOrEqual(2); // the other two removals stay undone
  expect(await program.planning.exclusionsOf([showId])).toHaveLength(1);
}, 60_000);
