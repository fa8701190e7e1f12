import fc from 'fast-check';
import { known, unknown, type Fact } from '#core/fact.ts';
import type { Item, Watcher } from '#features/library/core/item.ts';
import {
  aDisk,
  aFilm,
  anEpisode,
  anEpisodesPolicy,
  anExclusion,
  aPlanInput,
  aPolicy,
  aSeason,
  aShow,
  aTagPolicy,
  aWatchedPolicy,
  daysAgo,
  disk1,
  disk2,
  GB,
} from '../build.fake.ts';
import { claimsOf } from '../judging/claims.ts';
import type { PlanInput } from './plan.ts';
import { audiences, orders, showStates, type Policy } from '../policy/policy.ts';

const people = ['Ana', 'Luis', 'Eva'];
const days = fc.oneof(fc.integer({ min: -5, max: 900 }), fc.integer({ min: 300, max: 900 }));
/** Of ten, so many have something at all. */
const rarely = <T>(arbitrary: fc.Arbitrary<T>, nothing: T): fc.Arbitrary<T> =>
  fc.oneof({ weight: 8, arbitrary: fc.constant(nothing) }, { weight: 2, arbitrary });
const dark = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<Fact<T>> =>
  fc.oneof(
    { weight: 40, arbitrary: arbitrary.map(known) },
    { weight: 1, arbitrary: fc.constant(unknown('x')) },
  );

const watcher: fc.Arbitrary<Watcher> = fc
  .record({ user: fc.constantFrom(...people), ago: days, is: fc.constantFrom('finished', 'half', 'begun') })
  .map(({ user, ago, is }) => ({
    user,
    lastWatchedAt: daysAgo(ago),
    finished: is === 'finished',
    halfWay: is === 'half',
  }));

const watch = rarely(fc.array(watcher, { minLength: 1, maxLength: 2 }), []).map((watchers) => ({
  watchers,
  lastWatchedAt:
    watchers.length === 0 ? null : new Date(Math.max(...watchers.map((one) => Number(one.lastWatchedAt)))),
}));

const facts: fc.Arbitrary<Partial<Item>> = fc.record({
  diskId: fc.constantFrom(disk1, disk1, disk2, null),
  sizeBytes: dark(fc.integer({ min: 0, max: 90 }).map((gigabytes) => gigabytes * GB)),
  newestFileAt: dark(fc.option(days.map(daysAgo), { freq: 10 })),
  watch: dark(watch),
  favouriteOf: dark(rarely(fc.subarray(people), [])),
  playingNow: dark(rarely(fc.constant(true), false)),
  tags: dark(
    fc
      .subarray(['kids', 'demo', 'daily'])
      .chain((tags) => rarely<string[]>(fc.constant([...tags, 'keep']), tags)),
  ),
  requests: dark(
    rarely(
      fc
        .record({ by: fc.constantFrom(...people), ago: days, found: fc.boolean() })
        .map(({ by, ago, found }) => [{ by, mediaUser: found ? by : null, at: daysAgo(ago) }]),
      [],
    ),
  ),
});

const title: fc.Arbitrary<Item[]> = fc.oneof(
  facts.map((film) => [aFilm(film)]),
  fc
    .record({
      base: facts,
      continuing: fc.boolean(),
      seasons: fc.array(facts, { minLength: 1, maxLength: 3 }),
      episodes: fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), facts), { maxLength: 5 }),
    })
    .map(({ base, continuing, seasons, episodes }) => {
      const show = aShow({ ...base, continuing });
      const { tags, diskId } = show;
      const place = { tags, diskId };
      return [
        show,
        ...seasons.map((over, index) => aSeason(show, index, { ...over, ...place })),
        ...episodes.map(([season, over], index) => anEpisode(show, season, index + 1, { ...over, ...place })),
      ];
    }),
);

const gate = fc.option(fc.constantFrom(5, 20, 60), { nil: null });
const shared = fc.record({
  leavingSoonDays: fc.constantFrom(0, 7, 14),
  order: fc.constantFrom(...orders),
  shows: fc.constantFrom('any', ...showStates),
  keepsFirstSeason: fc.boolean(),
  midShowDays: fc.constantFrom(0, 0, 30, 400),
  requestedWithinDays: fc.constantFrom(0, 60),
  exclusionTags: fc.subarray(['KEEP']),
  favouritesProtect: fc.boolean(),
  favouriteUsers: fc.subarray(['ana']),
  halfWayProtects: fc.boolean(),
  caps: fc.record({
    items: fc.integer({ min: 1, max: 8 }),
    bytes: fc.integer({ min: 30, max: 900 }).map((gigabytes) => gigabytes * GB),
    libraryPercent: fc.oneof(fc.constant(100), fc.integer({ min: 1, max: 100 })),
  }),
});
const target = fc.option(
  fc.oneof(
    fc.integer({ min: 20, max: 60 }).map((value) => ({ unit: 'percent' as const, value })),
    fc.integer({ min: 1, max: 700 }).map((gigabytes) => ({ unit: 'bytes' as const, value: gigabytes * GB })),
  ),
  { nil: null },
);

const policy: fc.Arbitrary<Policy> = fc.oneof(
  fc
    .tuple(shared, fc.constantFrom('film', 'season', 'show'), fc.constantFrom(30, 200), target)
    .map(([over, unit, maxAgeDays, wish]) => {
      const tiers = [{ freeBelowPercent: 20, maxAgeDays }];
      return aPolicy({ ...over, unit, tiers, ...(wish ? { target: wish } : {}) });
    }),
  fc
    .tuple(shared, fc.constantFrom('film', 'season', 'show'), gate, target)
    .map(([over, unit, freeBelowPercent, wish]) =>
      aTagPolicy({
        ...over,
        unit,
        target: wish,
        tags: [
          { tag: 'kids', maxAgeDays: 300, freeBelowPercent },
          { tag: 'demo', maxAgeDays: 30, freeBelowPercent: null },
        ],
      }),
    ),
  fc
    .tuple(
      shared,
      fc.record({
        unit: fc.constantFrom('film', 'season', 'show'),
        seenBy: fc.constantFrom(...audiences),
        watchedDays: fc.constantFrom(0, 30),
        neverWatchedDays: fc.option(fc.constant(300), { nil: null }),
        freeBelowPercent: gate,
        target,
      }),
    )
    .map(([over, rule]) => aWatchedPolicy({ ...over, ...rule })),
  fc
    .tuple(
      shared,
      fc.record({
        keepLast: fc.option(fc.integer({ min: 1, max: 3 }), { nil: null }),
        keepDays: fc.constantFrom(10, 100),
        olderSeasons: fc.boolean(),
        specials: fc.boolean(),
        freeBelowPercent: gate,
        target,
      }),
    )
    .map(([over, rule]) => anEpisodesPolicy({ ...over, ...rule })),
);

/** A library of films and shows, a policy of any kind among others, marks, exclusions, and now and then a fact nobody could ask. */
export const anyPlanInput: fc.Arbitrary<PlanInput> = fc
  .record({
    titles: fc.array(title, { minLength: 6, maxLength: 12 }),
    policy,
    others: fc.array(policy, { maxLength: 2 }),
    free: fc.tuple(dark(fc.integer({ min: 0, max: 25 })), dark(fc.integer({ min: 0, max: 40 }))),
    excluded: fc.array(fc.tuple(fc.nat(40), fc.option(days)), { maxLength: 3 }),
    marks: fc.array(rarely(fc.option(days), 30), { minLength: 40, maxLength: 40 }),
    mediaUsers: dark(fc.subarray(people)),
  })
  .map(({ titles, policy: own, others, free, excluded, marks, mediaUsers }) => {
    const items = titles.flat();
    return aPlanInput({
      items,
      policy: own,
      claims: claimsOf([own, ...others]),
      disks: [
        aDisk(5, { freeBytes: bytesOf(free[0]) }),
        aDisk(5, { id: disk2, path: '/more', freeBytes: bytesOf(free[1]) }),
      ],
      exclusions: excluded.flatMap(([index, until]) => {
        const item = items[index % items.length];
        return item ? [anExclusion(item.id, { until: until === null ? null : daysAgo(until) })] : [];
      }),
      markedSince: new Map(
        items.flatMap((item, index) => {
          const mark = marks[index % marks.length];
          return mark === null || mark === undefined ? [] : [[item.id, daysAgo(mark)]];
        }),
      ),
      mediaUsers,
    });
  });

const bytesOf = (percent: Fact<number>): Fact<number> =>
  percent.known ? known(percent.value * 10 * GB) : percent;
