import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { known } from '#core/fact.ts';
import type { PlanId, PolicyId } from '#core/ids.ts';
import type { Item } from '#features/library/core/item.ts';
import { openTestDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import {
  aFilm,
  anExclusion,
  aPlanInput,
  aPolicy,
  aSeason,
  aShow,
  daysAgo,
  disk1,
  disk2,
  GB,
  now,
  radarr,
  sonarr,
} from '../../core/build.fake.ts';
import { planCleanup } from '../../core/plan/plan-cleanup.ts';
import { createExclusionStore } from '../keeping/exclusions.store.ts';
import { aLibraryRow, insertRows } from '../library-rows.fake.ts';
import { createMediaStore } from './media.store.ts';
import type { MediaQuery, MediaStore } from '../planning/planning.ports.ts';
import { createPlanStore } from '../planning/plans.store.ts';
import { createVerdictStore } from '../planning/verdicts.store.ts';

const firstPage: MediaQuery = { sort: 'title', descending: false, offset: 0, limit: 50 };

const solaris = aFilm({
  title: 'Solaris',
  year: 1972,
  sizeBytes: known(40 * GB),
  newestFileAt: known(daysAgo(300)),
  diskId: disk2,
});
const stalker = aFilm({ title: 'Stalker', year: 1979, tags: known(['keep', 'tarkovsky']) });
const amelie = aFilm({
  title: 'Le Fabuleux Destin 100%',
  year: 2001,
  newestFileAt: known(daysAgo(10)),
  watch: known({ lastWatchedAt: daysAgo(5), watchers: [] }),
});
const lost = aFilm({ title: 'Zerkalo', watch: { known: false, why: 'not-in-media-server' } });
const show = aShow({ title: 'Borgen' });
const seasons = [aSeason(show, 1), aSeason(show, 2)];
const library: Item[] = [solaris, stalker, amelie, lost, show, ...seasons];

let database: TestDatabase;
let media: MediaStore;

beforeAll(async () => {
  database = await openTestDatabase();
  media = createMediaStore(database.db);
}, 60_000);

afterAll(() => database.close());

beforeEach(async () => {
  await database.pool.query(
    'truncate library_items, cleanup_exclusions, cleanup_plans, cleanup_plan_entries, cleanup_verdicts, cleanup_standings',
  );
  const requested = (item: Item) =>
    item === stalker ? { requestedBy: ['ana'], poster: 'http://x/1.jpg' } : {};
  await insertRows(
    database.db,
    library.map((item) => aLibraryRow(item, requested(item))),
  );
  const plan = async (unit: 'film' | 'season') => {
    const policy = aPolicy({
      id: unit as PolicyId,
      unit,
      exclusionTags: ['keep'],
      diskIds: unit === 'film' ? [disk1] : [],
    });
    const input = aPlanInput({
      id: unit as PlanId,
      policy,
      items: library,
      markedSince: new Map([[show.id, now]]),
    });
    await createPlanStore(database.db).save(planCleanup(input), policy.name);
  };
  await plan('film');
  await plan('season');
});

const found = async (query: Partial<MediaQuery>) => {
  const { rows, total } = await media.search({ ...firstPage, ...query }, now);
  expect(total).toBe(rows.length);
  return rows.map((row) => row.title);
};

describe('the Media page', () => {
  test('shows films and shows by title, and not the seasons', async () => {
    expect(await found({})).toEqual(['Borgen', 'Le Fabuleux Destin 100%', 'Solaris', 'Stalker', 'Zerkalo']);
    expect(await found({ kinds: ['season'] })).toEqual(['Borgen', 'Borgen']);
  });

  test('a row tells what is known, and why something is not', async () => {
    const { rows } = await media.search({ ...firstPage, text: 'zerk' }, now);
    expect(rows).toMatchObject([
      { id: lost.id, watchWhy: 'not-in-media-server', lastWatchedAt: null, hasPoster: false },
    ]);
    const [row] = (await media.search({ ...firstPage, text: 'STALK' }, now)).rows;
    expect(row).toEqual({
      id: stalker.id,
      kind: 'film',
      showId: null,
      seasonNumber: null,
      connectionId: radarr,
      diskId: disk1,
      title: 'Stalker',
      year: 1979,
      hasPoster: true,
      fileCount: 1,
      sizeBytes: 10 * GB,
      addedAt: daysAgo(400),
      newestFileAt: daysAgo(400),
      lastWatchedAt: null,
      watchWhy: null,
      requestedBy: ['ana'],
      tags: ['keep', 'tarkovsky'],
      status: 'protected',
      dueAt: null,
      excludedUntil: null,
    });
  });

  test.each<[string, Partial<MediaQuery>, string[]]>([
    ['part of a title', { text: 'olar' }, ['Solaris']],
    ['a sign that means something in SQL', { text: '100%' }, ['Le Fabuleux Destin 100%']],
    ['an underscore, which is no joker', { text: 'S_laris' }, []],
    ['service', { connectionId: sonarr }, ['Borgen']],
    ['disk', { diskId: disk2 }, ['Solaris']],
    ['requester', { requestedBy: 'ana' }, ['Stalker']],
    ['tag', { tag: 'tarkovsky' }, ['Stalker']],
    ['size', { minBytes: 20 * GB, maxBytes: 50 * GB }, ['Solaris']],
    ['age', { addedBefore: daysAgo(200), addedAfter: daysAgo(350) }, ['Solaris']],
    ['watched lately', { watchedSince: daysAgo(30) }, ['Le Fabuleux Destin 100%']],
    [
      'unwatched, of which nothing is known of one',
      { unwatchedSince: daysAgo(30) },
      ['Borgen', 'Solaris', 'Stalker'],
    ],
    ['never watched', { neverWatched: true, kinds: ['film'] }, ['Solaris', 'Stalker']],
  ])('filters by %s', async (_what, query, titles) => {
    expect(await found(query)).toEqual(titles);
  });

  test.each<[MediaQuery['sort'], boolean, string]>([
    ['title', true, 'Zerkalo'],
    ['size', true, 'Solaris'],
    ['added', true, 'Le Fabuleux Destin 100%'],
    ['watched', true, 'Le Fabuleux Destin 100%'],
    ['watched', false, 'Le Fabuleux Destin 100%'],
    ['due', false, 'Borgen'],
    ['year', false, 'Solaris'],
  ])('sorts by %s, what has no value last', async (sort, descending, first) => {
    expect((await found({ sort, descending }))[0]).toBe(first);
  });

  test('comes by pages, and says how many there are', async () => {
    const { rows, total } = await media.search({ ...firstPage, offset: 1, limit: 2 }, now);
    expect(rows.map((row) => row.title)).toEqual(['Le Fabuleux Destin 100%', 'Solaris']);
    expect(total).toBe(5);
  });

  test('each item has one status, and a show speaks for its seasons', async () => {
    expect(await found({ status: 'leaving-soon' })).toEqual(['Borgen']);
    expect(await found({ status: 'leaving-soon', kinds: ['season'] })).toHaveLength(2);
    expect(await found({ status: 'protected' })).toEqual(['Stalker']);
    expect(await found({ status: 'unknown' })).toEqual(['Zerkalo']);
    expect(await found({ status: 'kept' })).toEqual(['Le Fabuleux Destin 100%']);
    expect(await found({ status: 'unmanaged' })).toEqual(['Solaris']);
    expect(await found({ status: 'excluded' })).toEqual([]);
    expect(await media.status(show.id, now)).toEqual({
      status: 'leaving-soon',
      standing: 'leaving-soon',
      dueAt: daysAgo(-14),
    });
    expect(await media.status(solaris.id, now)).toEqual({ status: 'unmanaged', standing: null, dueAt: null });
  });

  test('what is kept by hand is excluded at once, with its show and seasons, until its day', async () => {
    const season = seasons[0]?.id ?? show.id;
    await createExclusionStore(database.db).save(anExclusion(season, { until: daysAgo(-5) }));
    expect(await found({ status: 'excluded' })).toEqual(['Borgen']);
    expect(await found({ status: 'excluded', kinds: ['season'] })).toHaveLength(1);
    const [row] = (await media.search({ ...firstPage, text: 'borg' }, now)).rows;
    expect(row).toMatchObject({ status: 'excluded', excludedUntil: daysAgo(-5), dueAt: null });
    const { rows } = await media.search({ ...firstPage, status: 'excluded' }, daysAgo(-6));
    expect(rows).toEqual([]);
  });

  test('an exclusion for ever outlasts one with a date', async () => {
    const exclusions = createExclusionStore(database.db);
    await exclusions.save(anExclusion(show.id));
    await exclusions.save(anExclusion(seasons[0]?.id ?? show.id, { until: daysAgo(-5) }));
    const { rows } = await media.search({ ...firstPage, kinds: ['season'] }, now);
    expect(rows.map((row) => [row.status, row.excludedUntil])).toEqual([
      ['excluded', null],
      ['excluded', null],
    ]);
  });

  test('a policy that is switched off leaves no status behind', async () => {
    await createVerdictStore(database.db).clear('season' as PolicyId);
    expect(await found({ status: 'leaving-soon' })).toEqual([]);
    expect(await found({ status: 'unmanaged' })).toEqual(['Borgen', 'Solaris']);
  });

  test('offers the tags and requesters that there are', async () => {
    expect(await media.choices()).toEqual({ tags: ['keep', 'tarkovsky'], requesters: ['ana'] });
  });
});
