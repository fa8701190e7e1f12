import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { PostId } from '#core/ids.ts';
import type { Db } from '#server/platform/db.ts';
import { judgeComments } from '../../core/comment-list.ts';
import type { SourceComment } from '../../core/post.ts';
import { comments, posts } from '../posts.tables.ts';

/** Everything that the source shows now. What it took away stays, with the date; a body is never replaced by none. */
export const saveComments = (
  db: Db,
  postId: PostId,
  { told, count, at }: { told: readonly SourceComment[]; count: number; at: Date },
): Promise<void> =>
  db.transaction(async (transaction) => {
    const known = await livingOf(transaction, postId);
    const names = told.map(({ externalId }) => externalId);
    const judged = judgeComments({ told: names, counted: count, known });
    for (const { isDeleted, externalId, ...comment } of told) {
      await transaction
        .insert(comments)
        .values({ ...comment, externalId, postId, vanishedAt: isDeleted ? at : null })
        .onConflictDoUpdate({
          target: [comments.postId, comments.externalId],
          set: isDeleted
            ? { vanishedAt: sql`coalesce(${comments.vanishedAt}, excluded.vanished_at)` }
            : { ...comment, vanishedAt: null },
        });
    }
    const isTold = new Set(names);
    const gone = judged === 'whole' ? known.filter((id) => !isTold.has(id)) : [];
    await transaction
      .update(comments)
      .set({ vanishedAt: at })
      .where(and(eq(comments.postId, postId), inArray(comments.externalId, gone)));
    await transaction
      .update(posts)
      .set({
        commentsReadAt: at,
        changedAt: sql`now()`,
        ...(judged === 'doubtful' ? {} : { commentsReadCount: count }),
      })
      .where(eq(posts.id, postId));
  });

async function livingOf(transaction: Db, postId: PostId): Promise<string[]> {
  const rows = await transaction
    .select({ externalId: comments.externalId })
    .from(comments)
    .where(and(eq(comments.postId, postId), isNull(comments.vanishedAt)));
  return rows.map(({ externalId }) => externalId);
}
