import { describe, expect, test } from 'vitest';
import { parseForm } from '#ui/form.ts';
import { aDraft, daysAgo, disk1, now, radarr } from '../core/build.fake.ts';
import {
  draftOf,
  excludeSchema,
  mediaFilter,
  mediaQueryOf,
  policyBodyOf,
  policyForm,
  policyFormErrors,
  policySchema,
} from './schemas.ts';

const typed: Record<string, string | string[]> = {
  name: 'Films',
  unit: 'film',
  cron: '0 4 * * *',
  timeZone: 'Europe/Madrid',
  connectionIds: radarr,
  diskIds: disk1,
  freeBelowPercent: ['10', '20,5'],
  maxAge: ['90d', '6m'],
  stopAtFreePercent: '25',
  leavingSoon: '2w',
  ageBasis: 'newest-import',
  order: 'largest',
  capItems: '25',
  capGigabytes: '1,5',
  capLibraryPercent: '5',
  exclusionTags: 'keep, kids,',
  favouritesProtect: 'on',
};

function post(over: Record<string, string | string[]> = {}) {
  const data = new FormData();
  for (const [name, given] of Object.entries({ ...typed, ...over })) {
    for (const value of Array.isArray(given) ? given : [given]) data.append(name, value);
  }
  return parseForm(data, policyForm);
}

const errorsOf = (over: Record<string, string | string[]>) => {
  const form = post(over);
  return form.ok ? {} : form.state.errors;
};

describe('the form of a policy', () => {
  test('becomes a draft', () => {
    expect(post()).toMatchObject({
      ok: true,
      value: {
        kind: 'disk-pressure',
        connectionIds: [radarr],
        diskIds: [disk1],
        tiers: [
          { freeBelowPercent: 10, maxAgeDays: 90 },
          { freeBelowPercent: 20.5, maxAgeDays: 180 },
        ],
        leavingSoonDays: 14,
        caps: { items: 25, bytes: 1_500_000_000, libraryPercent: 5 },
        exclusionTags: ['keep', 'kids'],
        favouritesProtect: true,
        halfWayProtects: false,
      },
    });
  });

  test('one row, no service and no disk are lists too', () => {
    const form = post({ freeBelowPercent: '10', maxAge: '90d', connectionIds: '', diskIds: '' });
    expect(form).toMatchObject({ ok: true, value: { tiers: [{}], connectionIds: [], diskIds: [] } });
  });

  test.each<[string, Record<string, string | string[]>, string, string]>([
    ['an age without a unit (J-10)', { maxAge: ['90', '6m'] }, 'maxAge', 'time-span.no-unit'],
    ['an age under a day', { maxAge: ['12h', '6m'] }, 'maxAge', 'time-span.under-a-day'],
    ['no number', { stopAtFreePercent: 'much' }, 'stopAtFreePercent', 'not-a-number'],
    ['nothing', { stopAtFreePercent: '' }, 'stopAtFreePercent', 'not-a-number'],
    ['a row that is half filled in', { maxAge: ['90d'] }, 'tiers', 'policy.tier-incomplete'],
    ['another unit', { unit: 'book' }, 'unit', 'not-a-choice'],
  ])('%s is told beside its field', (_what, over, field, code) => {
    expect(errorsOf(over)[field]?.[0]).toMatchObject({ code });
  });

  test('no warning at all is written as zero days', () => {
    expect(post({ leavingSoon: '0d' })).toMatchObject({ ok: true, value: { leavingSoonDays: 0 } });
  });

  test('what the service finds stands beside the field of the form', () => {
    const errors = policyFormErrors([
      { field: 'tiers', row: 1, code: 'policy.tier-within-leaving-soon', leavingSoonDays: 14 },
      { field: 'tiers', row: 2, code: 'policy.tier-percent-out-of-range' },
      { field: 'caps.bytes', code: 'policy.cap-out-of-range' },
      { field: 'leavingSoonDays', code: 'policy.leaving-soon-out-of-range', most: 365 },
    ]);
    expect(errors).toEqual({
      tiers: [
        { code: 'policy.tier-within-leaving-soon', params: { row: 2, leavingSoonDays: 14 } },
        { code: 'policy.tier-percent-out-of-range', params: { row: 3 } },
      ],
      capGigabytes: [{ code: 'policy.cap-out-of-range', params: {} }],
      leavingSoon: [{ code: 'policy.leaving-soon-out-of-range', params: { most: 365 } }],
    });
  });
});

test('a policy that is answered reads as the same policy again', () => {
  const draft = aDraft({ connectionIds: [radarr], exclusionTags: ['keep'], leavingSoonDays: 0 });
  expect(draftOf(policySchema.parse(policyBodyOf(draft)))).toEqual(draft);
});

test('the filter of the Media page counts days back from now', () => {
  const query = mediaQueryOf(
    mediaFilter.parse({ minAgeDays: '30', type: 'show', page: '3', pageSize: '20' }),
    now,
  );
  expect(query).toMatchObject({
    addedBefore: daysAgo(30),
    kinds: ['show'],
    offset: 40,
    limit: 20,
    sort: 'title',
  });
});

test('keeping without a date is keeping for ever', () => {
  expect(excludeSchema.parse({ until: '', note: '' })).toEqual({ until: null, note: null });
  expect(excludeSchema.parse({ until: '2026-07-01' })).toEqual({ until: new Date('2026-07-01'), note: null });
});
