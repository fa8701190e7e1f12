import { expect, test } from 'vitest';
import type { ItemId, UserId } from '#core/ids.ts';
import { err, ok } from '#core/result.ts';
import type { Exclusion } from '../core/verdict.ts';
import { createKeepByLink } from './keep-by-link.ts';

const itemId = 'c1-1' as ItemId;
const until = new Date('2027-03-01T00:00:00Z');

function open(already: readonly (Date | null)[], isThere = true) {
  const saved: { until: Date | null; by: string }[] = [];
  const keep = createKeepByLink({
    exclusionsOf: async () =>
      already.map((end): Exclusion => ({
        itemId,
        until: end,
        note: null,
        byUserId: 'u' as UserId,
        byName: 'admin',
        at: until,
      })),
    exclude: async (id, { until: end, note, by }) => {
      if (!isThere) return err({ code: 'cleanup.item-not-found' });
      saved.push({ until: end, by: by.name });
      return ok({ itemId: id, until: end, note, byUserId: by.id, byName: by.name, at: until });
    },
  });
  return { saved, keep: () => keep({ itemId, by: 'Ana', until }) };
}

test('C-19: a link keeps by hand, until its day, in the name of who pressed', async () => {
  const { keep, saved } = open([new Date('2026-12-24T00:00:00Z')]);
  expect(await keep()).toEqual(ok('kept'));
  expect(saved).toEqual([{ until, by: 'Ana' }]);
});

test.each([[null], [new Date('2030-01-01T00:00:00Z')]])(
  'C-19: what is kept until %s is never kept for less long by a link',
  async (end) => {
    const { keep, saved } = open([end]);
    expect(await keep()).toEqual(ok('kept'));
    expect(saved).toEqual([]);
  },
);

test('C-19: a link to something that is gone says so', async () => {
  expect(await open([], false).keep()).toEqual(err({ code: 'keep.item-gone' }));
});
