import { describe, expect, test } from 'vitest';
import type { ConnectionId, ItemId } from '#core/ids.ts';
import { err } from '#core/result.ts';
import { aFilmNow, aRemoval, aSeasonRemoval, radarr, sonarr } from '../../core/removal/removal.fake.ts';
import type { Removal } from '../../core/removal/removal.ts';
import { anExecution, bySchedule, never, outcomeOf, policyId } from './an-execution.fake.ts';
import { aPolicy } from './execution.fake.ts';
import { aWorld, type Weather } from './world.fake.ts';

const filmRemoval = (number: number): Removal =>
  aRemoval({
    id: `removal-${number}`,
    itemId: `radarr01-${number}` as ItemId,
    externalId: number,
    title: `Film ${number}`,
    identity: { tmdb: number * 100, tvdb: null, path: `/films/${number}` },
    plannedFiles: [{ externalId: number * 10, path: `/films/${number}/film.mkv`, sizeBytes: 1000 }],
  });

const filmsNow = (count: number) =>
  Array.from({ length: count }, (_, index) => {
    const number = index + 1;
    const file = {
      externalId: number * 10,
      seasonNumber: null,
      path: `/films/${number}/film.mkv`,
      sizeBytes: 1000,
    };
    return aFilmNow({ externalId: number, tmdb: number * 100, path: `/films/${number}`, files: [file] });
  });

describe('what a run does', () => {
  test('an armed policy removes what its plan says and tells what was freed', async () => {
    const { run, world, stores } = await outcomeOf({ removals: [aRemoval(), aSeasonRemoval()] });

    expect(run?.outcome).toEqual({ is: 'done', items: 2, bytes: 10_000_000_000, failed: 0, leftAlone: 0 });
    expect(world.titles[radarr]).toEqual([]);
    expect(world.titles[sonarr]?.[0]?.files.map((file) => file.externalId)).toEqual([21, 22]);
    expect(world.requests.map((request) => request.externalId)).toEqual([903]);
    expect(world.forgotten).toEqual(['radarr01-7', 'sonarr01-3-s01']);
    const history = await stores.removals.history({ limit: 10, after: null });
    expect(history.map((entry) => entry.removal.keepsake.qualityProfile)).toEqual(['HD-1080p', 'HD-1080p']);
  });

  test('every step stands in the trail before it is done (J-100)', async () => {
    const { stores } = await outcomeOf({});
    const [entry] = await stores.removals.history({ limit: 1, after: null });
    expect(entry?.trail.map((mark) => mark.step ?? mark.is)).toEqual([
      'unmonitor',
      're-read',
      'delete',
      'verify',
      'request',
      'media-server',
      'history',
      'removed',
    ]);
  });

  test('a policy that is not armed writes to no service, and tells what it would do (J-130)', async () => {
    const { run, world } = await outcomeOf({ policy: aPolicy({ armed: false }) });
    expect(run).toMatchObject({ mode: 'dry', outcome: { is: 'done', items: 1, bytes: 8_000_000_000 } });
    expect(world).toEqual(aWorld());
  });

  test('a policy that is switched off removes nothing, armed or not', async () => {
    const { run, world } = await outcomeOf({ policy: aPolicy({ enabled: false }) });
    expect(run).toMatchObject({ mode: 'dry', outcome: { is: 'done' } });
    expect(world).toEqual(aWorld());
  });

  test('a policy that asks for approval waits for a person, and then takes what was approved and no more', async () => {
    const policy = aPolicy({ needsApproval: true });
    const waits = await outcomeOf({ policy });
    expect(waits.run?.outcome).toEqual({ is: 'waiting', items: 1, bytes: 8_000_000_000 });
    expect(waits.world).toEqual(aWorld());

    const world = aWorld({ titles: { [radarr]: filmsNow(2) } });
    const removals = [filmRemoval(1), filmRemoval(2)];
    const approved = removals.slice(1).map(({ itemId }) => itemId);
    const { run } = await outcomeOf({ policy, world, removals, approved });
    expect(run?.outcome).toMatchObject({ is: 'done', items: 1 });
    expect(world.titles[radarr]?.map(({ externalId }) => externalId)).toEqual([1]);
  });

  test('a breaker that trips stops the run with its codes, and nothing is changed', async () => {
    const breaker = [{ code: 'breaker.source-empty', source: 'Jellyfin' }] as const;
    const { run, world } = await outcomeOf({ plan: { breaker } });
    expect(run?.outcome).toEqual({ is: 'stopped', because: ['breaker.source-empty'] });
    expect(world).toEqual(aWorld());
  });

  test('a plan that could not be made gives a run that was stopped', async () => {
    const { run } = await outcomeOf({ plan: { code: 'cleanup.no-library' } });
    expect(run?.outcome).toEqual({ is: 'stopped', because: ['cleanup.no-library'] });
  });

  test.each([
    { cap: 'items', caps: { items: 1, bytes: 1e12, libraryPercent: 100 }, because: 'plan.exceeds-cap-items' },
    { cap: 'bytes', caps: { items: 9, bytes: 1500, libraryPercent: 100 }, because: 'plan.exceeds-cap-bytes' },
  ])('a plan beyond the cap of $cap is broken and does not run', async ({ caps, because }) => {
    const world = aWorld({ titles: { [radarr]: filmsNow(2) } });
    const { run } = await outcomeOf({
      world,
      policy: aPolicy({ caps }),
      removals: [filmRemoval(1), filmRemoval(2)],
    });
    expect(run?.outcome).toEqual({ is: 'stopped', because: [because] });
    expect(world.deeds).toEqual([]);
  });

  test('a film whose folder holds another film too is left alone', async () => {
    const world = aWorld({ shared: [aRemoval().itemId] });
    const { run } = await outcomeOf({ world });
    expect(run?.outcome).toMatchObject({ items: 0, leftAlone: 1 });
    expect(world.deeds).toEqual([]);
  });

  test('there is no run of a policy that is not there', async () => {
    const { execution } = anExecution({ policy: null });
    expect(await execution.run(policyId, bySchedule, never)).toEqual(
      err({ code: 'cleanup.policy-not-found' }),
    );
  });

  test('an item that got a tag or an exclusion since the plan is left alone (T-70, T-12)', async () => {
    const world = aWorld({ excluded: ['sonarr01-3' as ItemId] });
    world.titles[radarr] = [aFilmNow({ tags: ['Keep'] })];
    const { run, stores } = await outcomeOf({ world, removals: [aRemoval(), aSeasonRemoval()] });
    expect(run?.outcome).toMatchObject({ items: 0, leftAlone: 2 });
    const history = await stores.removals.history({ limit: 10, after: null });
    const reasons = history.map(({ removal: { state } }) => ('because' in state ? state.because : state.is));
    expect(reasons.sort()).toEqual(['excluded-by-hand', 'excluded-by-tag']);
  });
});

describe('when things go wrong', () => {
  const five = [1, 2, 3, 4, 5].map(filmRemoval);
  const aLibrary = () => aWorld({ titles: { [radarr]: filmsNow(5), [sonarr]: [] } });

  test('item 3 of 5 fails and the others go (J-04)', async () => {
    let removes = 0;
    const weather: Weather = (call) => (call === 'remove' && (removes += 1) === 3 ? 'refused' : 'none');
    const { run, world } = await outcomeOf({ world: aLibrary(), weather, removals: five });
    expect(run?.outcome).toMatchObject({ is: 'done', items: 4, failed: 1 });
    expect(world.titles[radarr]?.map((title) => title.externalId)).toEqual([3]);
  });

  test('three failures of one service in a row end the run, and the rest is left alone', async () => {
    const weather: Weather = (call) => (call === 'read' ? 'silent-before' : 'none');
    const { run, world } = await outcomeOf({ world: aLibrary(), weather, removals: five });
    expect(run?.outcome).toMatchObject({ is: 'cut-short', because: radarr, failed: 3, leftAlone: 2 });
    expect(world.deeds).toEqual([]);
  });

  test('failures of two services do not add up', async () => {
    const world = aWorld({ titles: {} });
    const removals = [1, 2, 3, 4].map((number) => ({
      ...filmRemoval(number),
      connectionId: `radarr0${number % 2}` as ConnectionId,
    }));
    const { run } = await outcomeOf({ world, removals });
    expect(run?.outcome).toMatchObject({ is: 'done', failed: 4 });
  });

  test('a request server that is down for three items ends the run', async () => {
    const weather: Weather = (call) => (call === 'find-requests' ? 'silent-before' : 'none');
    const { run } = await outcomeOf({ world: aLibrary(), weather, removals: five });
    expect(run?.outcome).toMatchObject({ is: 'cut-short', because: 'request', items: 3, leftAlone: 2 });
  });

  test('not knowing whether somebody is watching deletes nothing', async () => {
    const weather: Weather = (call) => (call === 'playing' ? 'silent-before' : 'none');
    const { run, world } = await outcomeOf({ weather });
    expect(run?.outcome).toMatchObject({ failed: 1 });
    expect(world.deeds).toEqual([]);
  });
});
