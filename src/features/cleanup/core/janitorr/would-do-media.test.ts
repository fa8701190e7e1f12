import { describe, expect, test } from 'vitest';
import { daysAgo, now } from '../build.fake.ts';
import { configOf, type JanitorrConfig } from './config.ts';
import { propertiesOf, type Yaml } from './properties.ts';
import { byAge, countsFrom, mediaRules, tagRule, tierFor } from './would-do-media.ts';

const tiersOf = (map: Readonly<Record<number, number>>) =>
  Object.entries(map).map(([free, days]) => ({ freePercent: Number(free), age: { days, problem: null } }));
const aConfig = (application: Yaml, access = true): JanitorrConfig =>
  configOf(propertiesOf([{ application, 'file-system': { access } }]));

describe('which tier rules', () => {
  const tiers = tiersOf({ 10: 180, 20: 365, 50: 730 });

  test.each([
    [9.5, 180],
    [10, 365],
    [19.76, 365],
    [20, 730],
    [35, 730],
    [50, null],
    [55, null],
  ])('J-43: with %d %% free it is the one of %s days', (free, days) => {
    expect(tierFor(tiers, free, true)?.age.days ?? null).toBe(days);
  });

  test('J-41: the lowest key strictly above; none in an empty map', () => {
    expect(tierFor([], 1, true)).toBeNull();
    expect(tierFor(tiersOf({ 20: 5, 10: 3 }), 10, true)?.freePercent).toBe(20);
  });

  test('J-40: a folder that is not there has no free space, and nothing goes', () => {
    expect(tierFor(tiers, null, true)).toBeNull();
  });

  test('J-42: without access to files the longest age rules, whatever the disk', () => {
    expect(tierFor(tiers, null, false)?.age.days).toBe(730);
    expect(tierFor(tiersOf({ 10: 900, 20: 30 }), 99, false)?.age.days).toBe(900);
  });
});

describe('what goes and what is shown', () => {
  const wish = { goesAfter: 90, shownAfter: 76, now };
  const came = (days: number, lastSeenAt: Date | null = null) => ({ importedAt: daysAgo(days), lastSeenAt });

  test.each([
    [90.001, 'delete'],
    [90, 'leaving-soon'],
    [76.001, 'leaving-soon'],
    [76, 'keep'],
    [10, 'keep'],
  ])('J-44, J-45: what came %d days ago: %s', (days, does) => {
    expect(byAge(came(days), wish).does).toBe(does);
  });

  test('J-30: the last watch counts when it is strictly later than the import, and only then', () => {
    expect(byAge(came(200, daysAgo(10)), wish).does).toBe('keep');
    expect(byAge(came(100, daysAgo(300)), wish).does).toBe('delete');
    expect(countsFrom(came(5, daysAgo(5)))).toEqual(daysAgo(5));
  });

  test('J-45: it is shown as leaving while nothing may go, for a hundred years', () => {
    const config = aConfig({
      'leaving-soon-threshold-offset-percent': 5,
      'media-deletion': { 'movie-expiration': { 10: '30d' } },
    });
    const rules = mediaRules(config, 12);
    expect(rules).toMatchObject({ films: { goesAfter: null, shownAfter: 16 } });
    expect(byAge(came(4000), { goesAfter: null, shownAfter: 16, now }).does).toBe('leaving-soon');
  });

  test('J-46: with an offset the tier of what is shown is more urgent than that of what goes', () => {
    const config = aConfig({
      'leaving-soon-threshold-offset-percent': 5,
      'media-deletion': {
        'movie-expiration': { 10: '30d', 15: '60d' },
        'season-expiration': { 10: '30d', 15: '60d' },
      },
    });
    expect(mediaRules(config, 12)).toMatchObject({ films: { goesAfter: 60, shownAfter: 16 } });
    expect(byAge(came(17), { goesAfter: 60, shownAfter: 16, now }).does).toBe('leaving-soon');
  });

  test.each([-5, -50])(
    'J-48: with an offset of %d what should go is hidden by a tier that asks for more age',
    (offset) => {
      const config = aConfig({
        'leaving-soon-threshold-offset-percent': offset,
        'media-deletion': {
          'movie-expiration': { 10: '30d', 20: '365d' },
          'season-expiration': { 10: '30d', 20: '365d' },
        },
      });
      const rules = mediaRules(config, 9);
      if (rules === 'guard') throw new Error('no guard here');
      expect(rules.films.goesAfter).toBe(30);
      expect(byAge(came(100), { ...rules.films, now }).does).toBe('keep');
    },
  );

  test.each([
    [15, 14, false],
    [14, 14, true],
    [10, 14, true],
  ])('J-47: a season tier of %d days with %d days of warning stops films too: %s', (days, warning, stops) => {
    const config = aConfig({
      'leaving-soon': `${warning}d`,
      'media-deletion': { 'movie-expiration': { 20: '400d' }, 'season-expiration': { 20: `${days}d` } },
    });
    expect(mediaRules(config, 5) === 'guard').toBe(stops);
  });

  test('J-10: an age of no days makes everything old at once, had the guard not stopped it', () => {
    expect(byAge(came(0.01), { goesAfter: 0, shownAfter: -14, now }).does).toBe('delete');
    const config = aConfig({ 'leaving-soon': '14d', 'media-deletion': { 'movie-expiration': { 20: 30 } } });
    expect(mediaRules(config, 5)).toBe('guard');
  });
});

describe('tags', () => {
  test.each([
    [20, true],
    [20.01, false],
    [null, false],
  ])('J-60: the gate of 20 %% takes what is equal; with %s free it is open: %s', (free, isOpen) => {
    expect(tagRule(aConfig({}), 30, free).goesAfter).toBe(isOpen ? 30 : null);
  });

  test('J-60: without access to files the gate is always open', () => {
    expect(tagRule(aConfig({}, false), 30, 80).goesAfter).toBe(30);
  });

  test('J-62: an age shorter than the warning shows it from the import on, without any guard', () => {
    const rule = tagRule(aConfig({ 'leaving-soon': '14d' }), 7, 5);
    expect(rule).toEqual({ goesAfter: 7, shownAfter: -7 });
    expect(byAge({ importedAt: now, lastSeenAt: null }, { ...rule, now }).does).toBe('leaving-soon');
  });
});
