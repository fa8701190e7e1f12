import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { FaultKind } from '#tools/simulators/faults.ts';
import { lossesBetween, type Archived } from '../../../../../tests/archive/archived.ts';
import { openArchiveHouse, type ArchiveHouse } from '../../../../../tests/archive/house.ts';
import { archivedAfter, happens, recovers } from '../../../../../tests/archive/rounds.ts';
import { aSmallPatronage } from '../../../../../tests/archive/world.ts';
import { openTestDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import type { GapReason } from '../../core/media.ts';

vi.setConfig({ testTimeout: 120_000 });

const DAY_MS = 86_400_000;
/** Longer than the longest patience with an ill host. */
const HALF_DAYS = 14;

let database: TestDatabase;
let untroubled: Archived;
beforeAll(async () => {
  database = await openTestDatabase();
  untroubled = await archivedAfter(database, 1);
}, 120_000);
afterAll(() => database.close());

/** What the places of a post say in the end when it goes on for ever; null: it is waited for. */
const faults: readonly (readonly [FaultKind, GapReason['code'] | null])[] = [
  ['401', 'expired'],
  ['403', 'expired'],
  ['challenge', 'expired'],
  ['not-found', 'vanished'],
  ['bad-request', 'failed'],
  ['500', 'failed'],
  ['503', 'failed'],
  ['html', 'failed'],
  ['redirect', 'failed'],
  ['drop', 'failed'],
  ['long-length', 'failed'],
  ['429', null],
];

const inTrouble = async (kind: FaultKind): Promise<ArchiveHouse> => {
  const house = await openArchiveHouse(
    database,
    aSmallPatronage(),
    kind === 'timeout' ? { timeoutMs: 1_000 } : {},
  );
  await house.sync();
  happens(house, 0);
  house.patreon.cdn.faults.add({ path: /./, kind, retryAfterS: 600 });
  return house;
};

const lasts = faults.filter(([, reason]) => reason !== null);

describe('when the server of files is ill', () => {
  test.each([...faults.map(([kind]) => kind), 'timeout' as const])(
    'for a while (%s), posts are archived without files, which come later by themselves',
    async (kind) => {
      const house = await inTrouble(kind);
      const before = await house.archived();
      // whoever says "slow down" is listened to everywhere
      const source = { is: kind === '429' ? 'stopped' : 'ready' };
      expect(await house.sync()).toMatchObject({ run: { is: 'done' }, source });
      const during = await house.archived();
      expect(lossesBetween(before, during)).toEqual([]);
      expect(placesIn(during).filter(({ state }) => state === 'waiting')).toHaveLength(2);
      await recovers(house);
      house.later(8 * DAY_MS);
      await house.sync();
      expect(await house.archived()).toEqual(untroubled);
      await house.close();
    },
  );

  test.each(lasts)(
    'for weeks (%s), they are gaps that say "%s", and come when somebody asks again',
    async (kind, reason) => {
      const house = await inTrouble(kind);
      await house.sync();
      for (let half = 0; half < HALF_DAYS; half += 1) {
        house.later(DAY_MS / 2);
        await house.jobs.drain();
      }
      const archived = await house.archived();
      expect(
        placesIn(archived)
          .filter(({ state }) => state !== 'stored')
          .map(({ gap }) => gap),
      ).toEqual([reason, reason]);
      expect(archived.parts).toEqual([]);
      house.patreon.cdn.faults.clear();
      const [creator] = await house.archive.reading.creators();
      expect(await house.archive.ledger.tryAgain({ creatorId: creator?.id ?? '' })).toBeGreaterThan(1);
      await house.jobs.drain();
      expect(await house.archived()).toEqual(untroubled);
      await house.close();
    },
  );
});

const placesIn = ({ posts }: Archived) => posts.filter(({ locked }) => !locked).flatMap(({ media }) => media);
