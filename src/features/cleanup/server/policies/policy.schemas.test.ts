import { describe, expect, test } from 'vitest';
import { titleId } from '#features/library/core/item.ts';
import { parseForm } from '#ui/form.ts';
import {
  aDraft,
  anEpisodesPolicy,
  aTagPolicy,
  aWatchedPolicy,
  disk1,
  radarr,
} from '../../core/build.fake.ts';
import type { Policy, PolicyDraft } from '../../core/policy/policy.ts';
import { policyForm, policyFormErrors } from './policy-form.schemas.ts';
import { draftOf, policyAnswerSchema, policyBodyOf, policySchema } from './policy.schemas.ts';

const typed: Record<string, string | string[]> = {
  kind: 'disk-pressure',
  name: 'Films',
  unit: 'film',
  cron: '0 4 * * *',
  timeZone: 'Europe/Madrid',
  connectionIds: radarr,
  diskIds: disk1,
  freeBelowPercent: ['10', '20,5'],
  maxAge: ['90d', '6m'],
  targetValue: '25',
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
    ['no number', { targetValue: 'much' }, 'targetValue', 'not-a-number'],
    ['nothing', { capItems: '' }, 'capItems', 'not-a-number'],
    ['no kind of ours', { kind: 'moon' }, 'kind', 'not-a-choice'],
    ['a tag without an age', { kind: 'tag', tag: ['kids'] }, 'tags', 'policy.tag-incomplete'],
    ['no audience of ours', { kind: 'watched', seenBy: 'cats', watchedFor: '30d' }, 'seenBy', 'not-a-choice'],
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

/** As a draft: what only a stored policy has is no part of it. */
function draftFrom({ id: _id, enabled: _enabled, armed: _armed, ...draft }: Policy) {
  return draft;
}

test.each<PolicyDraft>([
  aDraft({ connectionIds: [radarr], exclusionTags: ['keep'], leavingSoonDays: 0, midShowDays: 30 }),
  draftFrom(aTagPolicy({ target: { unit: 'bytes', value: 500 } })),
  draftFrom(aWatchedPolicy({ seenBy: 'requester', neverWatchedDays: 200, freeBelowPercent: 20 })),
  draftFrom(anEpisodesPolicy({ keepDays: 7, showIds: [titleId(radarr, 3)] })),
])('a policy of the kind $kind that is answered reads as the same policy again', (draft) => {
  expect(draftOf(policySchema.parse(policyBodyOf(draft)))).toEqual(draft);
  expect(policyAnswerSchema.parse(policyBodyOf(draft))).toEqual(policyBodyOf(draft));
});

test('rows of tags, an audience and a window become drafts too', () => {
  const { freeBelowPercent: _tiers, maxAge: _ages, ...rest } = typed;
  const draftOfForm = (over: Record<string, string | string[]>) => {
    const data = new FormData();
    for (const [name, given] of Object.entries({ ...rest, ...over })) {
      for (const value of Array.isArray(given) ? given : [given]) data.append(name, value);
    }
    const form = parseForm(data, policyForm);
    return form.ok ? form.value : form.state.errors;
  };
  const tags = { kind: 'tag', tag: ['kids', 'demo'], tagMaxAge: ['1y', '30d'], tagGate: ['', '15'] };
  expect(draftOfForm({ ...tags, targetValue: '' })).toMatchObject({
    target: null,
    tags: [
      { tag: 'kids', maxAgeDays: 365, freeBelowPercent: null },
      { tag: 'demo', maxAgeDays: 30, freeBelowPercent: 15 },
    ],
  });
  const watched = { kind: 'watched', seenBy: 'everybody', watchedFor: '0d', neverWatchedFor: '', gate: '' };
  expect(draftOfForm({ ...watched, targetValue: '500', targetUnit: 'gigabytes' })).toMatchObject({
    target: { unit: 'bytes', value: 500_000_000_000 },
    watchedDays: 0,
    neverWatchedDays: null,
    freeBelowPercent: null,
  });
  const episodes = { kind: 'episodes', unit: 'episode', showTags: 'daily', keepLast: '10', keepFor: '' };
  expect(draftOfForm({ ...episodes, specials: 'on', midShow: '', torrentRatio: '1,5' })).toMatchObject({
    keepLast: 10,
    keepDays: null,
    specials: true,
    olderSeasons: false,
    midShowDays: 0,
    torrents: { remove: false, minRatio: 1.5, minSeedDays: null },
  });
});
