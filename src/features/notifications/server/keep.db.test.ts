import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ItemId } from '#core/ids.ts';
import { err, ok } from '#core/result.ts';
import { openTestDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { aTitle } from '../core/build.fake.ts';
import { openHousehold, type Household } from './household.fake.ts';

let database: TestDatabase;
let house: Household;
beforeAll(async () => {
  database = await openTestDatabase();
}, 60_000);
afterAll(() => database.close());
beforeEach(async () => {
  house = await openHousehold(database.db);
});

const HOME = '192.0.2.7';
const DAY_MS = 86_400_000;
/** What a token is made of, and what it is not. */
const LETTERS = ['A', 'Z', 'a', 'q', 'z', '0', '9', '-', '_', '', '=', '/', ' ', '%', "'"];
const SITE = 'https://keep.example.org';

async function mint(person = 'Ana', title = aTitle()): Promise<string> {
  const made = await house.keepLinks.mint({ person, titles: [title] }, SITE);
  return (made.get(title.itemId) ?? '').slice(`${SITE}/keep/`.length);
}
const use = async (token: string) => {
  const used = await house.keepLinks.use(token, HOME);
  return used.ok ? used.value.is : used.error.code;
};
const look = async (token: string) => {
  const seen = await house.keepLinks.look(token, HOME);
  return seen.ok ? seen.value : null;
};

test('C-19: looking changes nothing, however often a scanner looks; pressing keeps the film until its day', async () => {
  const token = await mint();
  for (let time = 0; time < 3; time += 1)
    expect(await look(token)).toMatchObject({ is: 'open', title: 'Dune (2021)' });
  expect(house.kept).toEqual([]);
  expect(await use(token)).toBe('kept');
  const until = new Date(aTitle().dueAt.getTime() + 90 * DAY_MS);
  expect(house.kept).toEqual([{ itemId: aTitle().itemId, by: 'Ana', until }]);
});

test('C-19: a link keeps for as many days as the settings say', async () => {
  await house.settings.change({ keepDays: 10 });
  await use(await mint());
  expect(house.kept[0]?.until).toEqual(new Date(aTitle().dueAt.getTime() + 10 * DAY_MS));
});

test('C-19: a token that was used, or altered in any way, never keeps anything', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 42 }),
      fc.constantFrom(...LETTERS),
      fc.nat(3),
      async (place, letter, times) => {
        const item = aTitle({ itemId: `c0000001-${house.kept.length + 1}` as ItemId });
        const token = await mint('Ana', item);
        const before = house.kept.length;
        const altered = token.slice(0, place) + letter + token.slice(place + 1);
        if (altered !== token) expect(await use(altered)).toBe('unknown');
        expect(house.kept).toHaveLength(before);
        expect(await use(token)).toBe('kept');
        for (let time = 0; time < times; time += 1) expect(await use(token)).toBe('used');
        expect(house.kept).toHaveLength(before + 1);
      },
    ),
    { numRuns: 60 },
  );
});

test('C-19: pressed in many windows at the same moment, a link keeps once', async () => {
  const token = await mint();
  const outcomes = await Promise.all(Array.from({ length: 8 }, () => use(token)));
  expect(outcomes.filter((is) => is === 'kept')).toHaveLength(1);
  expect(house.kept).toHaveLength(1);
});

describe('C-19: a link', () => {
  test('of a second message to the same person for the same film is used with the first', async () => {
    const [first, second] = [await mint(), await mint('ANA')];
    const [others, otherFilm] = [
      await mint('Bea'),
      await mint('Ana', aTitle({ itemId: 'c0000001-2' as ItemId })),
    ];
    expect(await use(first)).toBe('kept');
    expect(await use(second)).toBe('used');
    expect([await use(others), await use(otherFilm)]).toEqual(['kept', 'kept']);
  });

  test('works a week longer than the film was to stay, and then no more', async () => {
    const [late, tooLate] = [await mint(), await mint('Bea')];
    house.clock.at = new Date(aTitle().dueAt.getTime() + 7 * DAY_MS - 1);
    expect(await use(late)).toBe('kept');
    house.later(1);
    expect(await look(tooLate)).toEqual({ is: 'expired' });
    expect(await use(tooLate)).toBe('expired');
    expect(house.kept).toHaveLength(1);
  });

  test('tells nothing of the film once it is used, expired or unknown', async () => {
    const [used, old] = [await mint(), await mint('Bea')];
    await use(used);
    expect(await look(used)).toEqual({ is: 'used' });
    house.later(90 * DAY_MS);
    expect(await look(old)).toEqual({ is: 'expired' });
    for (const nonsense of ['x'.repeat(43), '', '../../etc/passwd', 'ñ', 'x'.repeat(10_000)])
      expect(await look(nonsense)).toEqual({ is: 'unknown' });
  });

  test('says when the film had gone already, and when somebody else has to decide', async () => {
    const [gone, asked] = [await mint(), await mint('Bea')];
    house.keepWith(async () => err({ code: 'keep.item-gone' }));
    expect(await use(gone)).toBe('gone');
    expect(await use(gone)).toBe('used');
    house.keepWith(async () => ok('asked'));
    expect(await use(asked)).toBe('asked');
  });

  test('comes back when we fail on the way', async () => {
    const token = await mint();
    house.keepWith(() => Promise.reject(new Error('the database is away')));
    await expect(house.keepLinks.use(token, HOME)).rejects.toThrow('away');
    house.keepWith(async () => ok('kept'));
    expect(await use(token)).toBe('kept');
  });

  test('is not even looked up for who tries too often', async () => {
    const token = await mint();
    expect(await house.keepLinks.look(token, 'a guesser')).toMatchObject({ ok: false });
    expect(await house.keepLinks.use(token, 'a guesser')).toMatchObject({ ok: false });
    expect(house.kept).toEqual([]);
  });
});
