import { known } from '#core/fact.ts';
import type { Item } from '#features/library/core/item.ts';
import {
  aDisk,
  aFilm,
  aPlanInput,
  aPolicy,
  aSeason,
  aShow,
  daysAgo,
  warned,
} from '#features/cleanup/core/build.fake.ts';
import { planCleanup } from '#features/cleanup/core/plan/plan-cleanup.ts';
import { timed, type Measurement } from './measurement.ts';

/** 20 000 films and 3 000 shows of nine seasons: 50 000 items, as a very large household has them. */
const FILMS = 20_000;
const SHOWS = 3_000;
const SEASONS = 9;
const POLICIES = 10;
/** Some hundreds are announced, as a target of a few terabytes needs. */
const ANNOUNCED_EVERY = 100;
/** Policies take turns at these. */
const kinds = ['film', 'season', 'show'] as const;

/** No two files came at the same moment. Ages, watches, tags and favourites are spread, so that every verdict comes up. */
const evidenceOf = (index: number): Partial<Item> => ({
  newestFileAt: known(daysAgo(((index * 7919) % 90_000) / 100)),
  watch: known({ lastWatchedAt: index % 3 === 0 ? daysAgo(index % 400) : null, watchers: [] }),
  tags: known(index % 11 === 0 ? ['keep'] : []),
  favouriteOf: known(index % 17 === 0 ? ['Ana'] : []),
});

function someItems(): Item[] {
  const films = Array.from({ length: FILMS }, (_, index) => aFilm(evidenceOf(index)));
  const shows = Array.from({ length: SHOWS }, (_, index) => {
    const show = aShow(evidenceOf(index));
    const seasons = Array.from({ length: SEASONS }, (_one, number) =>
      aSeason(show, number + 1, evidenceOf(index * SEASONS + number)),
    );
    return [show, ...seasons];
  });
  return [...films, ...shows.flat()];
}

export async function measurePlan(): Promise<Measurement[]> {
  const items = someItems();
  const disks = [aDisk(5)];
  const markedSince = warned(items.filter((_, index) => index % ANNOUNCED_EVERY === 0));
  const inputs = Array.from({ length: POLICIES }, (_, index) => {
    const tiers = [{ freeBelowPercent: 20, maxAgeDays: 30 + index * 30 }];
    const policy = aPolicy({ tiers, exclusionTags: ['keep'], unit: kinds[index % kinds.length] ?? 'film' });
    return aPlanInput({ policy, items, disks, markedSince });
  });
  const { ms } = await timed(() => {
    for (const input of inputs) planCleanup(input);
  });
  return [
    {
      name: `plan over ${items.length} items × ${POLICIES} policies`,
      value: ms / 1000,
      unit: 's',
      budget: 1,
    },
  ];
}
