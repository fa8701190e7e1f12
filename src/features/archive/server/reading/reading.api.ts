import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { CollectionId, CreatorId, PostId, RevisionId } from '#core/ids.ts';
import { err, ok, type Result } from '#core/result.ts';
import type { ApiEnv } from '#features/accounts/server/index.ts';
import { chainOf, listOf } from '#server/platform/answers.ts';
import { problemResponse, refuseInvalid } from '#server/platform/problem.ts';
import type { Passage, Piece } from '../../core/reading/comparison.ts';
import { cursorText } from '../../core/reading/list.ts';
import {
  collectionAnswer,
  commentAnswer,
  creatorAnswer,
  creatorCardAnswer,
  postAnswer,
  postCardAnswer,
  revisionAnswer,
} from './answers.ts';
import {
  collectionSchema,
  commentSchema,
  comparedSchema,
  creatorCardSchema,
  creatorSchema,
  postCardSchema,
  postSchema,
  revisionSchema,
} from './answers.schemas.ts';
import { orRefuse } from './errors.ts';
import { postFilter, postQueryOf } from './filter.schemas.ts';
import type { ReadingService } from './reading.service.ts';
import type { ComparedRevision } from './revisions.service.ts';

const json = <T extends z.ZodType>(schema: T) => ({ content: { 'application/json': { schema } } });
const id = z.string().min(1).max(100);
const params = z.object({ id });
const page = z.object({
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
const tags = ['archive'];
const noPost = problemResponse('No such post');

const routes = {
  posts: createRoute({
    method: 'get',
    path: '/posts',
    tags,
    summary: 'Posts, newest first; with `after` what follows on the page that ended there',
    request: { query: postFilter },
    responses: {
      200: { description: 'A page; `next` is null on the last', ...json(chainOf(postCardSchema)) },
    },
  }),
  post: createRoute({
    method: 'get',
    path: '/posts/{id}',
    tags,
    summary: 'A post: its body as blocks, its media, and what stands before and after it',
    request: { params },
    responses: { 200: { description: 'The post', ...json(postSchema) }, 404: noPost },
  }),
  comments: createRoute({
    method: 'get',
    path: '/posts/{id}/comments',
    tags,
    summary: 'Its comments, oldest first; `parentId` is what a reply answers',
    request: { params },
    responses: { 200: { description: 'Comments', ...json(listOf(commentSchema)) }, 404: noPost },
  }),
  revisions: createRoute({
    method: 'get',
    path: '/posts/{id}/revisions',
    tags,
    summary: 'Its versions, newest first',
    request: { params },
    responses: { 200: { description: 'Revisions', ...json(listOf(revisionSchema)) }, 404: noPost },
  }),
  revision: createRoute({
    method: 'get',
    path: '/posts/{id}/revisions/{revision}',
    tags,
    summary: 'What a version changed against the one before it',
    request: { params: params.extend({ revision: id }) },
    responses: {
      200: { description: 'The two, compared', ...json(comparedSchema) },
      404: problemResponse('No such post or revision'),
      409: problemResponse('An answer from then cannot be read with the parser of today'),
    },
  }),
  creators: createRoute({
    method: 'get',
    path: '/creators',
    tags,
    summary: 'Creators; who published last comes first',
    responses: { 200: { description: 'Creators', ...json(listOf(creatorCardSchema)) } },
  }),
  creator: createRoute({
    method: 'get',
    path: '/creators/{id}',
    tags,
    summary: 'A creator with tiers and collections',
    request: { params },
    responses: {
      200: { description: 'The creator', ...json(creatorSchema) },
      404: problemResponse('No such creator'),
    },
  }),
  collections: createRoute({
    method: 'get',
    path: '/collections',
    tags,
    summary: 'Collections of posts',
    request: { query: z.object({ creator: id.optional() }) },
    responses: { 200: { description: 'Collections', ...json(listOf(collectionSchema)) } },
  }),
  collection: createRoute({
    method: 'get',
    path: '/collections/{id}',
    tags,
    summary: 'A collection and its posts in its order',
    request: { params, query: page },
    responses: {
      200: {
        description: 'The collection',
        ...json(collectionSchema.extend({ items: z.array(postCardSchema) })),
      },
      404: problemResponse('No such collection'),
    },
  }),
};

export function readingApi(reading: ReadingService) {
  const api = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalid });
  const postAt = async (postId: string) =>
    orRefuse(found(await reading.post(postId as PostId), 'archive.post-not-found'));

  api.openapi(routes.posts, async (c) => {
    const { posts, next } = await reading.posts(postQueryOf(c.req.valid('query')));
    return c.json({ items: posts.map(postCardAnswer), next: next && cursorText(next) }, 200);
  });

  api.openapi(routes.post, async (c) => c.json(postAnswer(await postAt(c.req.valid('param').id)), 200));

  api.openapi(routes.comments, async (c) => {
    const post = await postAt(c.req.valid('param').id);
    return c.json({ items: (await reading.commentList(post.id)).map(commentAnswer) }, 200);
  });

  api.openapi(routes.revisions, async (c) => {
    const { revisions } = await postAt(c.req.valid('param').id);
    return c.json({ items: revisions.map(revisionAnswer) }, 200);
  });

  api.openapi(routes.revision, async (c) => {
    const asked = c.req.valid('param');
    const compared = orRefuse(await reading.revision(asked.id as PostId, asked.revision as RevisionId));
    return c.json(comparedAnswer(compared), 200);
  });

  api.openapi(routes.creators, async (c) =>
    c.json({ items: (await reading.creators()).map(creatorCardAnswer) }, 200),
  );

  api.openapi(routes.creator, async (c) => {
    const creator = await reading.creator(c.req.valid('param').id as CreatorId);
    return c.json(creatorAnswer(orRefuse(found(creator, 'archive.creator-not-found'))), 200);
  });

  api.openapi(routes.collections, async (c) => {
    const creator = c.req.valid('query').creator as CreatorId | undefined;
    return c.json({ items: (await reading.collections(creator ?? null)).map(collectionAnswer) }, 200);
  });

  api.openapi(routes.collection, async (c) => {
    const wanted = c.req.valid('param').id as CollectionId;
    const collection = orRefuse(found(await reading.collection(wanted), 'archive.collection-not-found'));
    const posts = await reading.collectionPosts(wanted, c.req.valid('query'));
    return c.json({ ...collectionAnswer(collection), items: posts.map(postCardAnswer) }, 200);
  });

  return api;
}

const found = <T, Code extends string>(value: T | null, code: Code): Result<T, { code: Code }> =>
  value === null ? err({ code }) : ok(value);

const pieces = (given: readonly Piece[]) => given.map((piece) => ({ ...piece }));
const passage = (given: Passage) =>
  given.is === 'same'
    ? { is: given.is, lines: [...given.lines] }
    : { is: given.is, pieces: pieces(given.pieces) };
const listChange = (given: { added: readonly string[]; removed: readonly string[] }) => ({
  added: [...given.added],
  removed: [...given.removed],
});

const comparedAnswer = ({ revision, earlier, comparison }: ComparedRevision) => ({
  revision: revisionAnswer(revision),
  earlier: earlier && revisionAnswer(earlier),
  comparison: comparison && {
    title: comparison.title && pieces(comparison.title),
    body: comparison.body.map(passage),
    tags: listChange(comparison.tags),
    media: listChange(comparison.media),
    tiers: listChange(comparison.tiers),
    locked: comparison.locked,
  },
});
