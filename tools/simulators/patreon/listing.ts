import type { Post } from '../../seed/patreon/patronage.ts';
import { canView, type Session } from './access.ts';
import type { Patreon } from './house.ts';
import { mediaTypeOf } from './media.resource.ts';
import type { Entry, Shelf } from './shelf.ts';

type Test = (post: Post) => boolean;

/** The posts that a list asks for, in its order; only filters look at posts, the bare list reads none. */
export function listed(
  house: Patreon,
  shelf: Shelf,
  query: URLSearchParams,
  session: Session,
): readonly Entry[] {
  const tests = filters(house, shelf, query, session);
  const entries = shelf.entries();
  const kept = tests.length === 0 ? entries : entries.filter(({ id }) => passes(shelf.post(id), tests));
  const collection = query.get('filter[collection_id]');
  if (collection !== null && query.get('sort') === 'collection_order')
    return inOrder(shelf, collection, kept);
  return query.get('sort') === 'published_at' ? kept.toReversed() : kept;
}

const passes = (post: Post | undefined, tests: readonly Test[]): boolean =>
  post !== undefined && tests.every((test) => test(post));

function filters(house: Patreon, shelf: Shelf, query: URLSearchParams, session: Session): Test[] {
  const { creator } = shelf;
  const made: Record<string, (value: string) => Test> = {
    collection_id: (id) => {
      const ids = new Set(creator.collections.find((one) => one.id === id)?.postIds);
      return (post) => ids.has(post.id);
    },
    accessible_by_user_id: (id) => (post) =>
      canView(house, id === house.patronage.viewer.id ? session : 'none', { creator, post }),
    tag: (tag) => (post) => post.tags.includes(tag),
    month: (month) => {
      const [year = '', number = ''] = month.split('-');
      return (post) => post.publishedAt.startsWith(`${year}-${number.padStart(2, '0')}`);
    },
    media_types: (types) => (post) =>
      post.media.some((media) => types.split(',').includes(mediaTypeOf(media))),
    search_query: (words) => (post) =>
      `${post.title ?? ''} ${post.teaser ?? ''} ${post.tags.join(' ')}`
        .toLowerCase()
        .includes(words.toLowerCase()),
    is_draft: (value) => () => value === 'false',
  };
  return Object.entries(made).flatMap(([name, make]) => {
    const value = query.get(`filter[${name}]`);
    // Every list says `is_draft=false`, and nothing here is a draft.
    return value === null || (name === 'is_draft' && value === 'false') ? [] : [make(value)];
  });
}

function inOrder({ creator }: Shelf, collectionId: string, entries: readonly Entry[]): Entry[] {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const order = creator.collections.find(({ id }) => id === collectionId)?.postIds ?? [];
  return order.map((id) => byId.get(id)).filter((entry) => entry !== undefined);
}
