import { doc } from '../../seed/patreon/document.ts';
import type { Comment, Post } from '../../seed/patreon/patronage.ts';
import { findPost, shelfOf, type Patreon, type PatreonSettings } from './house.ts';

/** What may be said of a post from outside; the rest is as the creator's newest post has it. */
export type Draft = Partial<Omit<Post, 'id' | 'body' | 'comments'>> & { text?: string; body?: Post['body'] };

export type Acts = ReturnType<typeof createActs>;

/** What happens at Patreon while the archive is not looking. */
export function createActs(house: Patreon) {
  const wanted = (postId: string) => {
    const found = findPost(house, postId);
    if (!found) throw new Error(`there is no post ${postId}`);
    return found;
  };
  const change = (postId: string, draft: Draft): Post => {
    const { shelf, post } = wanted(postId);
    const { text, ...rest } = draft;
    const body = text === undefined ? (draft.body ?? post.body) : doc(text);
    const next: Post = { ...post, editedAt: at(house), ...rest, body };
    shelf.put(next);
    return next;
  };
  return {
    change,
    publish: (campaignId: string, draft: Draft = {}): Post => publish(house, campaignId, draft),
    remove: (postId: string): void => wanted(postId).shelf.remove(postId),
    /** Readable or locked whatever the tier says; null leaves it to the tier again. */
    setViewable: (postId: string, viewable: boolean | null): void => {
      wanted(postId);
      if (viewable === null) house.viewable.delete(postId);
      else house.viewable.set(postId, viewable);
    },
    comment: (postId: string, draft: { body: string; replyTo?: string; byCreator?: boolean }): Comment =>
      comment(house, postId, draft),
    /** The file server has it no more; its address is still good. */
    loseFile: (mediaId: string): void => void house.gone.add(mediaId),
    /** The creator has another picture; that of before is not offered any more. */
    changeAvatar: (campaignId: string): void => {
      const shelf = shelfOf(house, campaignId);
      if (!shelf) throw new Error(`there is no campaign ${campaignId}`);
      const { creator } = shelf;
      creator.avatar = { ...creator.avatar, id: `${creator.avatar.id}1`, file: creator.cover.file };
    },
    protectFilm: (mediaId: string): void => {
      for (const film of house.shelves.flatMap((shelf) => shelf.films())) {
        if (film.id === mediaId) film.isProtected = true;
      }
    },
    suspend: (campaignId: string, isSuspended = true): void => {
      if (isSuspended) house.suspended.add(campaignId);
      else house.suspended.delete(campaignId);
    },
    /** All cursors that were given out so far are dead. */
    expireCursors: (): void => void (house.cursors.bornAfter = house.now() + 1),
    /** Time goes by: addresses, tokens, cursors and the cookie grow older. */
    passTime: (ms: number): void => void (house.clock.aheadMs += ms),
    endSession: (): void => void (house.settings.session.expiresAt = house.now() - 1),
    set: (settings: Partial<PatreonSettings>): void => void Object.assign(house.settings, settings),
  };
}

const at = (house: Patreon): string => new Date(house.now()).toISOString().replace(/\.\d+Z$/, 'Z');

function publish(house: Patreon, campaignId: string, { text, ...draft }: Draft): Post {
  const shelf = shelfOf(house, campaignId);
  if (!shelf) throw new Error(`there is no campaign ${campaignId}`);
  const newest = shelf.entries().reduce((most, { id }) => Math.max(most, Number(id)), 0);
  const post: Post = {
    postType: 'text_only',
    title: 'News',
    language: 'en',
    topic: 'news',
    particulars: {},
    publishedAt: at(house),
    createdAt: at(house),
    editedAt: null,
    bodyAs: 'json',
    teaser: null,
    access: { kind: 'public' },
    media: [],
    cover: null,
    embed: null,
    poll: null,
    tags: [],
    likeCount: 0,
    ...draft,
    id: String(newest + 1),
    body: draft.body ?? doc(text ?? 'Something new.'),
    comments: [],
  };
  shelf.put(post);
  return post;
}

function comment(
  house: Patreon,
  postId: string,
  { body, replyTo, byCreator = false }: { body: string; replyTo?: string; byCreator?: boolean },
): Comment {
  const found = findPost(house, postId);
  if (!found) throw new Error(`there is no post ${postId}`);
  const { creator, post, shelf } = found;
  const written: Comment = {
    id: String(900_000_000 + house.written++),
    by: byCreator ? { id: creator.userId, name: creator.name } : { id: '70999999', name: 'Somebody New' },
    body,
    createdAt: at(house),
    deletedAt: null,
    isByCreator: byCreator,
    isByPatron: !byCreator,
    isLikedByCreator: false,
    votes: 0,
    replies: [],
  };
  const parent = post.comments.find(({ id }) => id === replyTo);
  if (replyTo !== undefined && !parent) throw new Error(`there is no comment ${replyTo}`);
  if (parent) parent.replies.push(written);
  else post.comments.unshift(written);
  shelf.put(post);
  return written;
}
