import type { ItemId } from '#core/ids.ts';
import { known } from '#core/fact.ts';
import { aDisk, aFilm, aPlanInput, aPolicy, daysAgo } from '#features/cleanup/core/build.fake.ts';
import { planCleanup } from '#features/cleanup/core/plan-cleanup.ts';
import { timed, type Measurement } from './measurement.ts';

const ITEMS = 50_000;
const POLICIES = 10;

/** Ages, watches, tags and favourites spread over the items, so that every kind of verdict comes up. */
function someItems() {
  return Array.from({ length: ITEMS }, (_, index) => {
    const watchedAt = index % 3 === 0 ? daysAgo(index % 400) : null;
    return aFilm({
      id: `radarr01-${index}` as ItemId,
      externalId: index,
      title: `Film ${index}`,
      newestFileAt: known(daysAgo(index % 900)),
      watch: known({ lastWatchedAt: watchedAt, watchers: [] }),
      tags: known(index % 11 === 0 ? ['keep'] : []),
      favouriteOf: known(index % 17 === 0 ? ['Ana'] : []),
    });
  });
}

export async function measurePlan(): Promise<Measurement[]> {
  const items = someItems();
  const policies = Array.from({ length: POLICIES }, (_, index) =>
    aPolicy({ tiers: [{ freeBelowPercent: 20, maxAgeDays: 30 + index * 30 }], exclusionTags: ['keep'] }),
  );
  const inputs = policies.map((policy) => aPlanInput({ policy, items, disks: [aDisk(5)] }));
  const { ms } = await timed(() => {
    for (const input of inputs) planCleanup(input);
  });
  return [{ name: 'plan over 50 000 items × 10 policies', value: ms / 1000, unit: 's', budget: 1 }];
}
