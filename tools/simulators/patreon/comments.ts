import type { Comment, Creator, Post } from '../../seed/patreon/patronage.ts';
import type { Call, Reply, Route } from '../http.ts';
import { canView, sessionOf } from './access.ts';
import { campaignResource, creatorUser } from './creator.resource.ts';
import { findPost, type Patreon } from './house.ts';
import { answer, one, type Resource } from './jsonapi.ts';
import { pageOf } from './pages.ts';
import { slugOf } from './post.resource.ts';
import { problem } from './problems.ts';

export function commentRoutes(house: Patreon): Route[] {
  return [
    ['GET', '/api/posts/:id#/comments2', (call) => underPost(house, call)],
    ['GET', '/api/posts/:id#/comments', (call) => legacy(house, call)],
    ['GET', '/api/comments/:id#/replies2', (call) => replies(house, call)],
  ];
}

type Thread = { house: Patreon; creator: Creator; post: Post };

function readable(house: Patreon, call: Call, postId: string): Thread | Reply {
  const found = findPost(house, postId);
  if (!found || house.suspended.has(found.creator.campaignId)) return problem(404);
  const isOpen = canView(house, sessionOf(house, call.headers), found);
  return isOpen ? { house, ...found } : problem(403, 'You do not have access to the comments of this post.');
}

function underPost(house: Patreon, call: Call): Promise<Reply> | Reply {
  const thread = readable(house, call, call.params['id'] ?? '');
  if ('status' in thread) return thread;
  // Newest first unless asked otherwise, as they are kept.
  const comments =
    call.query.get('sort') === 'created' ? thread.post.comments.toReversed() : thread.post.comments;
  return listOf(thread, call, comments);
}

function replies(house: Patreon, call: Call): Promise<Reply> | Reply {
  const id = call.params['id'] ?? '';
  for (const shelf of house.shelves) {
    const post = shelf.postOfComment(id);
    const parent = post?.comments.find((comment) => comment.id === id);
    if (!post || !parent) continue;
    const thread = readable(house, call, post.id);
    return 'status' in thread ? thread : listOf(thread, call, parent.replies, parent);
  }
  return problem(404);
}

function listOf(
  thread: Thread,
  call: Call,
  comments: readonly Comment[],
  parent: Comment | null = null,
): Promise<Reply> | Reply {
  const paged = pageOf(thread.house, call, comments);
  if ('refused' in paged) return paged.refused;
  const { items, links } = paged.page;
  const data = items.map((comment) => commentResource(thread, comment, parent));
  const meta = { meta: { count: comments.length } };
  return answer(
    call,
    { data, pool: poolOf(thread, items, parent) },
    { ...links, ...meta },
    'commenter,post,parent,first_reply',
  );
}

/** Before `comments2`: the cursor was the id of the last comment, and replies hung in the same list. */
function legacy(house: Patreon, call: Call): Promise<Reply> | Reply {
  const thread = readable(house, call, call.params['id'] ?? '');
  if ('status' in thread) return thread;
  const all = thread.post.comments.flatMap((comment) => [
    { comment, parent: null },
    ...comment.replies.map((reply) => ({ comment: reply, parent: comment })),
  ]);
  const after = call.query.get('page[cursor]');
  const start = after === null ? 0 : all.findIndex(({ comment }) => comment.id === after) + 1;
  const shown = all.slice(start, start + Number(call.query.get('page[count]') ?? 20));
  const data = shown.map(({ comment, parent }) => commentResource(thread, comment, parent));
  const last = data.at(-1);
  const query = new URLSearchParams(call.query);
  if (last) query.set('page[cursor]', last.id);
  const isLast = start + shown.length >= all.length;
  const links = isLast ? {} : { links: { next: `${house.at.site}${call.path}?${query.toString()}` } };
  const pool = poolOf(
    thread,
    shown.map(({ comment }) => comment),
    null,
  );
  return answer(call, { data, pool }, { ...links, meta: { count: all.length } }, 'commenter');
}

function commentResource({ creator, post }: Thread, comment: Comment, parent: Comment | null): Resource {
  const [first] = comment.replies;
  return {
    type: 'comment',
    id: comment.id,
    attributes: {
      body: comment.body,
      created: comment.createdAt,
      deleted_at: comment.deletedAt,
      is_by_patron: comment.isByPatron,
      is_by_creator: comment.isByCreator,
      is_liked_by_creator: comment.isLikedByCreator,
      vote_sum: comment.votes,
      current_user_vote: 0,
      reply_count: comment.replies.length,
      visibility_state: 'visible',
    },
    relationships: {
      commenter: one({ type: 'user', id: comment.by.id }),
      post: one({ type: 'post', id: post.id }),
      parent: one(parent ? { type: 'comment', id: parent.id } : null),
      first_reply: one(first ? { type: 'comment', id: first.id } : null),
      on_behalf_of_campaign: one(comment.isByCreator ? { type: 'campaign', id: creator.campaignId } : null),
    },
  };
}

function poolOf(thread: Thread, comments: readonly Comment[], parent: Comment | null): Resource[] {
  const { house, creator, post } = thread;
  const shown = [...comments, ...comments.flatMap(({ replies: under }) => under)];
  return [
    ...shown.map(({ by }): Resource => personResource(by)),
    ...comments.flatMap((comment) => comment.replies.map((reply) => commentResource(thread, reply, comment))),
    ...(parent ? [commentResource(thread, parent, null)] : []),
    creatorUser(house, creator),
    campaignResource(house, creator),
    {
      type: 'post',
      id: post.id,
      attributes: {
        comment_count: post.comments.length,
        current_user_can_comment: true,
        url: `https://www.patreon.com/posts/${slugOf(post)}`,
      },
    },
  ];
}

const personResource = ({ id, name }: Comment['by']): Resource => ({
  type: 'user',
  id,
  attributes: { full_name: name, image_url: null, url: `https://www.patreon.com/user?u=${id}`, vanity: null },
  relationships: { campaign: one(null) },
});
