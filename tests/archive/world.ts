import { doc } from '#tools/seed/patreon/document.ts';
import { aCreator, aPost } from '#tools/seed/patreon/corpora/creator.ts';
import { aMedia } from '#tools/seed/patreon/files.ts';
import type { Comment, Media, Patronage, Post } from '#tools/seed/patreon/patronage.ts';

/** When these tests take place. */
export const BEGINNING = new Date('2026-06-01T08:00:00.000Z');
const HOUR_MS = 3_600_000;
/** More than a page of the list has, so that there is a second one. */
const POSTS = 54;
const FIRST = 700_000_000;

export const postId = (number: number): string => String(FIRST + number);
const mediaId = (number: number): string => String(FIRST + 1_000_000 + number);

const picture = (number: number): Media =>
  aMedia(
    { kind: 'tiny', number: 70_000 + number },
    {
      id: mediaId(number),
      role: 'image',
      fileName: `${String(number)}.png`,
      createdAt: BEGINNING.toISOString(),
    },
  );

const notes = (number: number, body: string): Media =>
  aMedia(
    { kind: 'plain', body },
    {
      id: mediaId(number),
      role: 'attachment',
      fileName: 'notes.txt',
      mimetype: 'text/plain',
      createdAt: BEGINNING.toISOString(),
    },
  );

const comment = (number: number, body: string): Comment => ({
  id: String(FIRST + 2_000_000 + number),
  by: { id: '70888888', name: 'Bo' },
  body,
  createdAt: BEGINNING.toISOString(),
  deletedAt: null,
  isByCreator: false,
  isByPatron: true,
  isLikedByCreator: false,
  votes: 0,
  replies: [],
});

/** The newest is number 53. Two of three are locked, which lists tell in one question; on both pages some can be read. */
function post(number: number): Post {
  const isReadable = number % 3 === 2;
  const at = new Date(BEGINNING.getTime() - (POSTS - number) * 24 * HOUR_MS).toISOString();
  return aPost(BEGINNING, {
    id: postId(number),
    title: `Post ${String(number)}`,
    body: doc(`The words of post ${String(number)}.`),
    publishedAt: at,
    createdAt: at,
    access: isReadable ? { kind: 'patrons' } : { kind: 'tier', tierId: 'gold', cents: 90_000 },
    ...(belongings[number] ?? {}),
  });
}

const belongings: Readonly<Record<number, Partial<Post>>> = {
  53: { postType: 'image_file', media: [picture(1), picture(2), picture(3)], cover: mediaId(1) },
  50: { media: [notes(4, 'Words of an attachment.\n'.repeat(30))] },
  47: { comments: [comment(1, 'Lovely'), comment(2, 'Me too')] },
  2: { postType: 'image_file', media: [picture(5)], cover: mediaId(5) },
};

/** One creator, small enough to be archived in a second. */
export function aSmallPatronage(): Patronage {
  const creator = aCreator({ key: 'ana', number: 70, name: 'Ana', now: BEGINNING });
  const posts = Array.from({ length: POSTS }, (_, number) => post(number));
  const collection = {
    id: String(FIRST + 3_000_000),
    title: 'Best',
    description: '',
    createdAt: BEGINNING.toISOString(),
    editedAt: BEGINNING.toISOString(),
    postIds: [postId(50), postId(2), postId(53)],
    thumbnail: creator.avatar,
  };
  const book = {
    id: String(FIRST + 4_000_000),
    name: 'A book',
    description: 'All of it on paper',
    priceCents: 900,
    publishedAt: BEGINNING.toISOString(),
    contentType: 'digital_commerce' as const,
    ownedSince: BEGINNING.toISOString(),
    content: [notes(6, 'The whole book.\n'.repeat(40))],
    preview: [],
  };
  return {
    seed: 0,
    now: BEGINNING.toISOString(),
    viewer: { id: '88120417', name: 'Demo Keeper', email: 'keeper@example.org' },
    creators: [{ ...creator, posts, collections: [collection], products: [book] }],
  };
}

export const CREATOR = { campaignId: String(9_900_070), name: 'Ana' };

/** Each time other words, other pictures. */
export type Round = number;

/** What happens there before a sync: something of each sort, on both pages of the list. */
export const news = (round: Round) => ({
  campaignId: CREATOR.campaignId,
  edited: { id: postId(53), text: `Other words, for the time ${String(round)}.` },
  editedBehind: { id: postId(2), text: `Other words on the second page, for the time ${String(round)}.` },
  fresh: {
    title: `Fresh ${String(round)}`,
    postType: 'image_file',
    media: [picture(100 + 2 * round), picture(101 + 2 * round)],
    cover: mediaId(100 + 2 * round),
  },
  comment: { postId: postId(47), body: `A late one, number ${String(round)}` },
});
