import { expect, test } from 'vitest';
import { aPolicy } from '../core/build.fake.ts';
import { sketchOf } from './policy-sketch.ts';
import { valuesOfPolicy } from './policy-stored-values.ts';
import { cronOf, valuesOfForm, type PolicyValues } from './policy-values.ts';

const nothing = {
  disks: new Map<string, string>(),
  services: new Map<string, string>(),
  shows: new Map<string, string>(),
};
const typed = (change: Partial<PolicyValues>): PolicyValues => ({ ...valuesOfPolicy(aPolicy()), ...change });

function posted(pairs: readonly (readonly [string, string])[]): FormData {
  const data = new FormData();
  for (const [name, value] of pairs) data.append(name, value);
  return data;
}

test('what was typed comes back as it was typed, mistakes and commas too', () => {
  const values = valuesOfForm(
    posted([
      ['name', ' Films '],
      ['freeBelowPercent', '12,5'],
      ['maxAge', '30'],
      ['freeBelowPercent', ''],
      ['maxAge', '9 moons'],
      ['diskIds', 'd1'],
      ['favouritesProtect', 'on'],
      ['weekday', '1'],
      ['weekday', '5'],
    ]),
  );
  expect(values).toMatchObject({
    name: ' Films ',
    tiers: [
      { freeBelowPercent: '12,5', maxAge: '30' },
      { freeBelowPercent: '', maxAge: '9 moons' },
    ],
    diskIds: ['d1'],
    favouritesProtect: true,
    halfWayProtects: false,
    weekdays: [1, 5],
  });
});

test('a time of day and days become a cron line, and come back as them', () => {
  expect(cronOf(typed({ when: 'times', time: '04:30', weekdays: [1, 5] }))).toBe('30 4 * * 1,5');
  expect(valuesOfPolicy(aPolicy({ cron: '30 4 * * 1,5' }))).toMatchObject({
    when: 'times',
    time: '04:30',
    weekdays: [1, 5],
  });
});

test('a cron line that people would not say stays one', () => {
  expect(valuesOfPolicy(aPolicy({ cron: '*/20 * * * *' }))).toMatchObject({
    when: 'cron',
    cron: '*/20 * * * *',
  });
  expect(cronOf(typed({ when: 'cron', cron: '*/20 * * * *' }))).toBe('*/20 * * * *');
});

test('no time of day is no cron line', () => {
  expect(cronOf(typed({ when: 'times', time: '' }))).toBeNull();
});

test('the sentence speaks only of rows that can be read', () => {
  const tiers = [
    { freeBelowPercent: '12,5', maxAge: '30d' },
    { freeBelowPercent: '', maxAge: '9' },
  ];
  expect(sketchOf(typed({ tiers }), nothing).rule).toMatchObject({
    tiers: [{ freeBelowPercent: 12.5, maxAgeDays: 30 }],
  });
});
