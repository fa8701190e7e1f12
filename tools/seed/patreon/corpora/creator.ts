import { daysBefore, iso } from '../../moments.ts';
import { doc } from '../document.ts';
import { aMedia } from '../files.ts';
import type { Creator, Post } from '../patronage.ts';

type Base = { key: string; number: number; name: string; now: Date };

/** A creator with nothing but a name; the corpora hang their posts on it. */
export function aCreator({ key, number, name, now }: Base): Creator {
  const createdAt = daysBefore(now, 4_000);
  const face = (seed: number) =>
    aMedia(
      { kind: 'tiny', number: seed },
      { id: String(410_000_000 + number * 10 + seed), role: 'profile', createdAt },
    );
  return {
    key,
    campaignId: String(9_900_000 + number),
    userId: String(99_900_000 + number),
    vanity: `corpus-${key}`,
    name,
    creationName: 'trouble',
    oneLiner: name,
    summary: `<p>${name}</p>`,
    colour: '#444444',
    currency: 'EUR',
    createdAt,
    patronCount: 1,
    isNsfw: false,
    tiers: [
      { id: String(9_910_000 + number), title: 'All', description: '', amountCents: 100, isFree: false },
    ],
    membership: {
      id: String(9_920_000 + number),
      entitledCents: 1_000,
      isFreeMember: false,
      isGifted: false,
      lastChargeDate: daysBefore(now, 3),
    },
    collections: [],
    products: [],
    posts: [],
    avatar: face(1),
    cover: face(2),
  };
}

type Some = Partial<Post> & Pick<Post, 'id'>;

export const aPost = (now: Date, some: Some): Post => ({
  postType: 'text_only',
  title: `Post ${some.id}`,
  language: 'en',
  topic: 'corpus',
  particulars: {},
  publishedAt: iso(now.getTime() - 86_400_000),
  createdAt: iso(now.getTime() - 90_000_000),
  editedAt: null,
  body: doc('Harmless words.'),
  bodyAs: 'both',
  teaser: null,
  access: { kind: 'public' },
  media: [],
  cover: null,
  embed: null,
  poll: null,
  tags: [],
  likeCount: 0,
  comments: [],
  ...some,
});
