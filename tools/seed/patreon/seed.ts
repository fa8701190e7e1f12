import { daysBefore, iso } from '../moments.ts';
import { createRandom, type Random } from '../random.ts';
import { seedCollections } from './collections.ts';
import { aMedia, pictureOf } from './files.ts';
import { idsFor, type Ids } from './ids.ts';
import type { Creator, Patronage, Tier } from './patronage.ts';
import { plans, type Plan } from './plans.ts';
import { seedPosts } from './posts.ts';
import { seedProducts } from './products.ts';

export type PatronageOptions = { seed?: number; now?: Date };

/** Three creators and their 400 posts, relative to `now`. The same options always give the same value. */
export function seedPatronage({ seed = 1, now = new Date() }: PatronageOptions = {}): Patronage {
  const random = createRandom(seed).fork('patronage');
  return {
    seed,
    now: iso(now.getTime()),
    viewer: { id: '88120417', name: 'Demo Keeper', email: 'keeper@example.org' },
    creators: plans.map((plan, index) => seedCreator(random.fork(plan.key), { plan, now, index })),
  };
}

function seedCreator(
  random: Random,
  { plan, now, index }: { plan: Plan; now: Date; index: number },
): Creator {
  const ids = idsFor(random, index);
  const createdAt = daysBefore(now, Math.round(plan.years * 365) + 20);
  const tiers = tiersOf(plan, ids);
  const posts = seedPosts({ random: random.fork('posts'), plan, ids, tiers, now });
  const {
    key,
    campaignId,
    userId,
    vanity,
    name,
    creationName,
    oneLiner,
    summary,
    colour,
    currency,
    patronCount,
  } = plan;
  const face = (number: number) =>
    aMedia(
      { ...pictureOf(plan, number), width: 400, height: 400, format: 'jpeg' },
      { id: ids.media(), role: 'profile', createdAt },
    );
  return {
    key,
    campaignId,
    userId,
    vanity,
    name,
    creationName,
    oneLiner,
    summary,
    colour,
    currency,
    createdAt,
    patronCount,
    isNsfw: false,
    tiers,
    membership: {
      id: ids.other(),
      entitledCents: plan.entitledCents,
      isFreeMember: false,
      isGifted: plan.isGifted,
      lastChargeDate: plan.isGifted ? null : daysBefore(now, 9),
    },
    collections: seedCollections(random.fork('collections'), { plan, posts, ids }),
    products: seedProducts(random.fork('shop'), { plan, ids, now }),
    posts,
    avatar: face(1),
    cover: { ...face(2), file: { ...pictureOf(plan, 2), width: 1600, height: 400, format: 'jpeg' } },
  };
}

const tiersOf = (plan: Plan, ids: Ids): Tier[] => [
  { id: ids.other(), title: 'Free', description: '', amountCents: 0, isFree: true },
  ...plan.tiers.map((tier) => ({ ...tier, id: ids.other(), isFree: false })),
];
