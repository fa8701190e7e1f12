import { describe, expect, test } from 'vitest';
import { known, unknown } from '#core/fact.ts';
import type { ItemId } from '#core/ids.ts';
import type { Item } from '#features/library/core/item.ts';
import { aFilm, aSeason, aShow, daysAgo } from '../build.fake.ts';
import type { Fate, PlanEntry } from '../plan/plan.ts';
import type { Step, Verdict } from '../judging/verdict.ts';
import { compare } from './compare.ts';
import type { JanitorrDecision, JanitorrDoes } from './decision.ts';
import type { DraftKey } from './drafts.ts';

const decision = (itemId: ItemId, over: Partial<JanitorrDecision> = {}): JanitorrDecision => ({
  itemId,
  does: 'delete',
  why: 'older-than-tier',
  tag: null,
  importedAt: daysAgo(400),
  lastSeenAt: null,
  ...over,
});

const entry = (item: Item, fate: Fate, steps: readonly Step[] = []): PlanEntry => ({
  itemId: item.id,
  kind: item.kind,
  title: item.title,
  year: item.year,
  seasonNumber: item.seasonNumber,
  episodes: [],
  diskId: item.diskId,
  sizeBytes: item.sizeBytes.known ? item.sizeBytes.value : null,
  score: null,
  fate,
  verdict: {
    itemId: item.id,
    standing: 'kept',
    steps,
    dueAt: null,
    markedSince: null,
  } as unknown as Verdict,
});

const age = (over: Partial<Extract<Step, { check: 'age' }>> = {}): Step => ({
  check: 'age',
  outcome: 'go-on',
  importedAt: daysAgo(400),
  lastWatchedAt: null,
  countsFrom: daysAgo(400),
  ageDays: 400,
  ...over,
});

type Case = {
  janitorr?: Partial<JanitorrDecision>;
  fate?: Fate;
  steps?: readonly Step[];
  key?: DraftKey;
  item?: Item;
};

const differenceOf = (
  { janitorr, fate, steps = [], key = 'films', item = aFilm() }: Case,
  unusable: DraftKey[] = [],
) =>
  compare({
    decisions: new Map([[item.id, decision(item.id, janitorr)]]),
    plans: fate ? [{ key, entries: [entry(item, fate, steps)] }] : [],
    items: [item],
    unusable,
    claims: [],
  }).items[0]?.difference;

const stop = (check: string): Step => ({ check, outcome: 'stop' }) as unknown as Step;
const cannot = (check: string): Step => ({ check, outcome: 'unknown' }) as unknown as Step;
const specials = aSeason(aShow(), 0);

describe('each difference has its reason', () => {
  test.each<[string, Case, string | null]>([
    ['both remove', { fate: { is: 'remove', position: 1 } }, null],
    ['both leave alone', { janitorr: { does: 'keep', why: 'young' }, fate: { is: 'kept' } }, null],
    ['J-61: it is announced first', { fate: { is: 'leaving-soon' } }, 'warning-not-served'],
    [
      'J-49: the disk has room by then',
      { fate: { is: 'held-back', position: 1, by: 'target' } },
      'target-reached',
    ],
    ['J-49: a cap', { fate: { is: 'held-back', position: 1, by: 'cap-items' } }, 'cap'],
    ['J-33: unknown', { fate: { is: 'unknown' }, steps: [cannot('half-way')] }, 'unknown-blocks'],
    ['J-120: favourites', { fate: { is: 'unknown' }, steps: [cannot('favourites')] }, 'favourite-lookup'],
    [
      'J-28: the tag in capitals',
      { fate: { is: 'protected' }, steps: [stop('exclusion-tags')] },
      'excluded-any-case',
    ],
    [
      'J-93: newest season',
      { fate: { is: 'protected' }, steps: [stop('continuing-show')] },
      'newest-season-stays',
    ],
    ['by hand', { fate: { is: 'protected' }, steps: [stop('excluded-by-hand')] }, 'excluded-by-hand'],
    ['another protection', { fate: { is: 'protected' }, steps: [stop('mid-show')] }, 'other-protection'],
    ['its own disk has room', { fate: { is: 'kept' }, steps: [age(), stop('free-space')] }, 'own-disk'],
    [
      'J-31: watched, and Janitorr does not know',
      { fate: { is: 'kept' }, steps: [age({ lastWatchedAt: daysAgo(3), countsFrom: daysAgo(3) })] },
      'watch-not-seen',
    ],
    [
      'J-22: another import',
      { fate: { is: 'kept' }, steps: [age({ importedAt: daysAgo(3), countsFrom: daysAgo(3) })] },
      'import-date-differs',
    ],
    ['J-64: a tag speaks for it', { fate: { is: 'kept' }, key: 'film-tags' }, 'tag-policy-claims'],
    [
      'C-04: two tags',
      { fate: { is: 'kept' }, key: 'film-tags', janitorr: { tag: 'kids' } },
      'longest-tag-rules',
    ],
    [
      'J-45: announced, and nothing may go',
      { janitorr: { does: 'leaving-soon' }, fate: { is: 'kept' }, steps: [stop('free-space')] },
      'only-what-goes-is-announced',
    ],
    [
      'J-46: announced too early',
      { janitorr: { does: 'leaving-soon' }, fate: { is: 'kept' } },
      'exact-window',
    ],
    ['specials', { item: specials }, 'specials-stay'],
    [
      'J-47: the guard',
      { janitorr: { does: 'keep', why: 'guard' }, fate: { is: 'remove', position: 1 } },
      'guard-stopped',
    ],
    [
      'J-21: invisible',
      { janitorr: { does: 'invisible', why: 'no-import' }, fate: { is: 'leaving-soon' } },
      'no-import-event',
    ],
    [
      'J-08',
      { janitorr: { does: 'invisible', why: 'other-instance' }, fate: { is: 'remove', position: 1 } },
      'other-instance',
    ],
  ])('%s', (_what, wish, expected) => {
    expect(differenceOf(wish)).toBe(expected);
  });

  test('a policy that cannot be saved as it stands removes nothing', () => {
    expect(differenceOf({}, ['films'])).toBe('policy-unusable');
  });
});

describe('totals', () => {
  const fates: readonly Fate[] = [
    { is: 'remove', position: 1 },
    { is: 'held-back', position: 1, by: 'target' },
    { is: 'leaving-soon' },
    { is: 'protected' },
    { is: 'unknown' },
    { is: 'kept' },
  ];
  const does: readonly JanitorrDoes[] = ['delete', 'leaving-soon', 'keep', 'invisible'];
  const all = fates.flatMap((fate) =>
    does.map((one, index) => ({ item: aFilm({ sizeBytes: known(1000 * (index + 1)) }), fate, one })),
  );
  const found = compare({
    decisions: new Map(all.map(({ item, one }) => [item.id, decision(item.id, { does: one, why: 'young' })])),
    plans: [{ key: 'films', entries: all.map(({ item, fate }) => entry(item, fate)) }],
    items: all.map(({ item }) => item),
    unusable: [],
    claims: [],
  });

  test('every item is counted once on each side', () => {
    for (const side of [found.janitorr, found.ours]) {
      expect(Object.values(side).reduce((sum, { items }) => sum + items, 0)).toBe(all.length);
    }
  });

  test('the removals among the differences are exactly what one removes and the other does not', () => {
    const { onlyJanitorrRemoves, onlyWeRemove, bothRemove, differences } = found;
    const differ = differences.reduce((sum, { removals }) => sum + removals.items, 0);
    const bytes = differences.reduce((sum, { removals }) => sum + removals.bytes, 0);
    expect(differ).toBe(onlyJanitorrRemoves.items + onlyWeRemove.items);
    expect(bytes).toBe(onlyJanitorrRemoves.bytes + onlyWeRemove.bytes);
    expect(found.janitorr.delete.items).toBe(bothRemove.items + onlyJanitorrRemoves.items);
    expect(found.ours.remove.items).toBe(bothRemove.items + onlyWeRemove.items);
  });

  test('of two policies on one item the one that removes it counts, and an unknown size is none', () => {
    const film = aFilm({ sizeBytes: unknown('size-not-told') });
    const [one] = compare({
      decisions: new Map([[film.id, decision(film.id)]]),
      plans: [
        { key: 'films', entries: [entry(film, { is: 'kept' })] },
        { key: 'film-tags', entries: [entry(film, { is: 'remove', position: 1 })] },
      ],
      items: [film],
      unusable: [],
      claims: [],
    }).items;
    expect(one).toMatchObject({
      difference: null,
      sizeBytes: null,
      ours: { fate: 'remove', word: { key: 'film-tags' } },
    });
  });
});
