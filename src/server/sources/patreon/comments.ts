import { ok, type Result } from '#core/result.ts';
import type { SourceComment } from '#features/archive/core/post.ts';
import type { SourceProblem } from '#features/archive/core/source-problem.ts';
import { countIn, dateIn, flagIn, numberIn, textIn, type Fields } from '../shared/fields.ts';
import type { PatreonClient } from './client.ts';
import { identifiersOf, isOfType, openDocument, type Document, type Resource } from './document.ts';
import { askAll } from './pages.ts';
import { commentsQuery, repliesQuery } from './questions.ts';

/** With replies, oldest first. */
export async function readComments(
  client: PatreonClient,
  postId: string,
  signal: AbortSignal,
): Promise<Result<readonly SourceComment[], SourceProblem>> {
  const path = `posts/${encodeURIComponent(postId)}/comments2`;
  const pages = await askAll(client, { path, query: commentsQuery }, signal);
  if (!pages.ok) return pages;
  const found = new Map<string, SourceComment>();
  for (const { comment, document } of commentsIn(pages.value)) {
    keep(found, comment, { document, parentId: null });
    const replies = await repliesTo(client, { comment, document }, signal);
    if (!replies.ok) return replies;
    for (const reply of replies.value)
      keep(found, reply.comment, { document: reply.document, parentId: comment.id });
  }
  return ok([...found.values()].sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime()));
}

type Found = { comment: Resource; document: Document };

function commentsIn(pages: readonly Fields[]): Found[] {
  return pages.flatMap((page) => {
    const document = openDocument(page);
    const comments = document?.data.filter((one) => isOfType(one, 'comment')) ?? [];
    return document ? comments.map((comment) => ({ comment, document })) : [];
  });
}

/** Only the first one comes along; for more it is asked. */
async function repliesTo(
  client: PatreonClient,
  { comment, document }: Found,
  signal: AbortSignal,
): Promise<Result<readonly Found[], SourceProblem>> {
  const first = document.related(comment, 'first_reply').map((reply) => ({ comment: reply, document }));
  const count = countIn(comment.attributes, 'reply_count') ?? first.length;
  if (count <= first.length) return ok(first);
  const path = `comments/${encodeURIComponent(comment.id)}/replies2`;
  const pages = await askAll(client, { path, query: repliesQuery }, signal);
  return pages.ok ? ok(commentsIn(pages.value)) : pages;
}

/** One that has no date cannot be placed. */
function keep(
  found: Map<string, SourceComment>,
  { id, attributes, ...resource }: Resource,
  { document, parentId }: { document: Document; parentId: string | null },
): void {
  const createdAt = dateIn(attributes, 'created');
  if (!createdAt || found.has(id)) return;
  const comment = { id, attributes, ...resource };
  const [said] = identifiersOf(comment, 'parent').filter((parent) => isOfType(parent, 'comment'));
  const [by] = document.related(comment, 'commenter');
  const isDeleted = dateIn(attributes, 'deleted_at') !== null;
  found.set(id, {
    externalId: id,
    parentId: said?.id ?? parentId,
    author: textIn(by?.attributes ?? {}, 'full_name')?.trim() ?? '?',
    isCreator: flagIn(attributes, 'is_by_creator') === true,
    body: isDeleted ? '' : (textIn(attributes, 'body')?.trim() ?? ''),
    createdAt,
    isDeleted,
    votes: numberIn(attributes, 'vote_sum'),
  });
}
