import { expect } from 'vitest';
import { known } from '#core/fact.ts';
import { DAY_MS } from '#core/time-span.ts';
import type { Item } from '#features/library/core/item.ts';
import { now } from '../build.fake.ts';
import type { Plan, PlanInput } from './plan.ts';

/**
 * What must never happen, whatever the library, the policy and the faults of others: checked without asking the rules
 * again, straight from the facts of what was removed.
 */

const lower = (names: readonly string[]) => names.map((name) => name.toLowerCase());

type Check = (item: Item, given: PlanInput, plan: Plan) => void;

const never: readonly (readonly [sentence: string, check: Check])[] = [
  [
    'goes what somebody keeps by hand, or a part or the whole of it',
    (item, { exclusions }) => {
      for (const { itemId, until } of exclusions) {
        if (until !== null && until <= now) continue;
        const family = [item.id, item.showId].filter((id) => id !== null);
        expect(family).not.toContain(itemId);
        expect(itemId.startsWith(`${item.id}-`)).toBe(false);
      }
    },
  ],

  [
    'goes what is being played, or might be',
    (item) => {
      expect(item.playingNow).toEqual(known(false));
    },
  ],

  [
    'goes what somebody is half-way through, or might be',
    (item, given) => {
      if (!given.policy.halfWayProtects) return;
      expect(item.watch.known).toBe(true);
      expect(item.watch.known && item.watch.value.watchers.some(({ halfWay }) => halfWay)).toBe(false);
    },
  ],

  [
    'goes a favourite of those whose favourites count',
    (item, { policy: { favouritesProtect, favouriteUsers }, mediaUsers }) => {
      if (!favouritesProtect) return;
      expect(item.favouriteOf.known).toBe(true);
      const of = item.favouriteOf.known ? lower(item.favouriteOf.value) : [];
      const there = mediaUsers.known ? lower(mediaUsers.value) : [];
      const areAllThere = favouriteUsers.length > 0 && favouriteUsers.every((name) => there.includes(name));
      const counted = areAllThere ? of.filter((name) => favouriteUsers.includes(name)) : of;
      expect(counted).toEqual([]);
    },
  ],

  [
    'goes what carries an exclusion tag in any case, or might',
    (item, { policy: { exclusionTags } }) => {
      if (exclusionTags.length === 0) return;
      expect(item.tags.known && lower(item.tags.value)).not.toContain('keep');
      expect(item.tags.known).toBe(true);
    },
  ],

  [
    'goes what was asked for lately, or might have been',
    (item, { policy: { requestedWithinDays } }) => {
      if (requestedWithinDays === 0) return;
      expect(item.requests.known).toBe(true);
      const since = now.getTime() - requestedWithinDays * DAY_MS;
      expect(item.requests.known && item.requests.value.some(({ at }) => at.getTime() > since)).toBe(false);
    },
  ],

  [
    'goes without a known size, disk, import and free space',
    (item, { disks }) => {
      expect(item.sizeBytes.known && item.sizeBytes.value > 0).toBe(true);
      expect(item.newestFileAt.known && item.newestFileAt.value !== null).toBe(true);
      const disk = disks.find(({ id }) => id === item.diskId);
      expect(disk?.freeBytes.known).toBe(true);
    },
  ],

  [
    'goes by watching of which nobody knows',
    (item, given) => {
      if (given.policy.kind === 'episodes') return;
      expect(item.watch.known).toBe(true);
    },
  ],

  [
    'goes before people could see it for the whole window',
    (item, { policy: own, markedSince }) => {
      const mark = markedSince.get(item.id);
      if (own.leavingSoonDays === 0) return;
      expect(mark).toBeDefined();
      expect(now.getTime() - Number(mark)).toBeGreaterThanOrEqual(own.leavingSoonDays * DAY_MS);
    },
  ],

  [
    'goes what a tag or episode policy speaks for',
    (item, { policy: own, claims }) => {
      if (own.kind === 'tag' || own.kind === 'episodes') return;
      const tags = item.tags.known ? lower(item.tags.value) : null;
      for (const claim of claims) {
        if (claim.policyId === own.id || (claim.about === 'films') !== (item.kind === 'film')) continue;
        expect(tags).not.toBeNull();
        expect(claim.tags.filter(({ tag }) => tags?.includes(tag))).toEqual([]);
      }
    },
  ],

  [
    'goes a special, unless an episode policy was told so',
    (item, { policy: own }) => {
      if (item.kind === 'film' || item.kind === 'show') return;
      expect(item.seasonNumber === 0 && !(own.kind === 'episodes' && own.specials)).toBe(false);
    },
  ],

  [
    'goes a show that goes on, or its newest season with files',
    (item, { items }) => {
      if (item.kind !== 'season' && item.kind !== 'show') return;
      const show = items.find(({ id }) => id === (item.showId ?? item.id));
      if (!show?.continuing) return;
      expect(item.kind).toBe('season');
      const others = items.filter(
        ({ showId, kind, fileCount }) => showId === show.id && kind === 'season' && fileCount > 0,
      );
      expect(Math.max(...others.map(({ seasonNumber }) => seasonNumber ?? 0))).toBeGreaterThan(
        item.seasonNumber ?? 0,
      );
    },
  ],

  [
    'goes one of the last episodes that the policy keeps',
    (item, { policy: own, items }) => {
      if (own.kind !== 'episodes' || own.keepLast === null) return;
      const episode = (one: Item) => (one.seasonNumber ?? 0) * 1000 + (one.episodes[0]?.episodeNumber ?? 0);
      const isSpecial = (one: Item) => one.seasonNumber === 0;
      const newer = items.filter(
        (one) =>
          one.kind === 'episode' &&
          one.showId === item.showId &&
          isSpecial(one) === isSpecial(item) &&
          episode(one) > episode(item),
      );
      expect(newer.length).toBeGreaterThanOrEqual(own.keepLast);
    },
  ],

  [
    'goes more than the caps or the target allow',
    (_item, { policy: own, items, disks }, plan) => {
      const { remove } = plan.totals;
      const library = items.reduce(
        (sum, { kind, sizeBytes }) =>
          sum + (kind === 'film' || kind === 'season' ? (sizeBytes.known ? sizeBytes.value : 0) : 0),
        0,
      );
      expect(remove.items).toBeLessThanOrEqual(own.caps.items);
      expect(remove.bytes).toBeLessThanOrEqual(own.caps.bytes);
      expect(remove.bytes).toBeLessThanOrEqual((library * own.caps.libraryPercent) / 100);
      if (own.target === null) return;
      for (const disk of disks) {
        const gone = plan.entries.filter(({ fate, diskId }) => fate.is === 'remove' && diskId === disk.id);
        if (gone.length === 0 || !disk.freeBytes.known || !disk.totalBytes.known) continue;
        const { unit, value } = own.target;
        const wanted = unit === 'bytes' ? value : (disk.totalBytes.value * value) / 100;
        const withoutLast = gone.slice(0, -1).reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0);
        expect(disk.freeBytes.value + withoutLast).toBeLessThan(wanted);
      }
    },
  ],
];

/** Throws with the sentence that did not hold. */
export function expectNever(item: Item, given: PlanInput, plan: Plan): void {
  for (const [sentence, check] of never) said(sentence, () => check(item, given, plan));
}

function said(sentence: string, check: () => void): void {
  try {
    check();
  } catch (cause) {
    throw new Error(`never ${sentence}`, { cause });
  }
}
