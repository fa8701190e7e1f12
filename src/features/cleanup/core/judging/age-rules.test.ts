import { expect, test } from 'vitest';
import { known, unknown } from '#core/fact.ts';
import type { Item } from '#features/library/core/item.ts';
import { ageOf } from './age.ts';
import { aDisk, aFilm, aPlanInput, aPolicy, aSeason, aShow, daysAgo, disk1, disk2 } from '../build.fake.ts';
import { planCleanup } from '../plan/plan-cleanup.ts';
import type { PlanInput } from '../plan/plan.ts';

const fatesOf = (over: Partial<PlanInput>) =>
  planCleanup(aPlanInput(over)).entries.map(({ itemId, fate }) => [itemId, fate.is]);

const watchedAt = (date: Date): Pick<Item, 'watch'> => ({
  watch: known({
    lastWatchedAt: date,
    watchers: [{ user: 'ana', lastWatchedAt: date, finished: true, halfWay: false }],
  }),
});

test('the date of the file counts, and a history that was purged hides nothing (J-20 FIX, T-11)', () => {
  const film = aFilm({ newestFileAt: known(daysAgo(300)), oldestImportAt: known(null) });
  expect(ageOf(film, 'newest-import')).toMatchObject({ known: true, countsFrom: daysAgo(300) });
  expect(ageOf(film, 'oldest-import')).toMatchObject({ known: false, why: 'no-import' });
});

test('an upgrade after the last watch makes young again, and never "unwatched for long" (T-27, J-30)', () => {
  const film = aFilm({ newestFileAt: known(daysAgo(5)), ...watchedAt(daysAgo(300)) });
  expect(fatesOf({ items: [film] })).toEqual([[film.id, 'kept']]);
});

test('a new episode keeps its season young, unless the first import is what counts (J-26)', () => {
  const season = aSeason(aShow(), 1, {
    newestFileAt: known(daysAgo(2)),
    oldestImportAt: known(daysAgo(400)),
  });
  expect(ageOf(season, 'newest-import')).toMatchObject({ countsFrom: daysAgo(2) });
  expect(ageOf(season, 'oldest-import')).toMatchObject({ countsFrom: daysAgo(400) });
});

test('as a whole, a show is as young as its newest file and its last watch (J-27 FIX, J-36)', () => {
  const show = aShow({ newestFileAt: known(daysAgo(400)), ...watchedAt(daysAgo(3)) });
  expect(fatesOf({ policy: aPolicy({ unit: 'show' }), items: [show] })).toEqual([[show.id, 'kept']]);
});

test('the season of specials never goes by itself (J-24 FIX)', () => {
  const show = aShow();
  const items = [show, aSeason(show, 0), aSeason(show, 1)];
  const fates = fatesOf({ policy: aPolicy({ unit: 'season' }), items });
  expect(fates).toEqual([[items[2]?.id, 'remove']]);
});

test('a disk that cannot be looked at removes nothing, whatever the longest age is (J-42 FIX, J-40)', () => {
  const film = aFilm();
  for (const freeBytes of [unknown('service-not-read'), known(Number.NaN)]) {
    expect(fatesOf({ items: [film], disks: [aDisk(5, { freeBytes })] })).not.toContainEqual([
      film.id,
      'remove',
    ]);
  }
});

test('each disk and each policy finds its own tier (J-50)', () => {
  const full = aFilm({ diskId: disk1 });
  const roomy = aFilm({ diskId: disk2 });
  const disks = [aDisk(5), aDisk(60, { id: disk2, path: '/more' })];
  expect(fatesOf({ items: [full, roomy], disks })).toEqual([
    [full.id, 'remove'],
    [roomy.id, 'kept'],
  ]);
});
