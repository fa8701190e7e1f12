import { and, eq, isNull, notInArray, sql } from 'drizzle-orm';
import type { PostId } from '#core/ids.ts';
import type { Db } from '#server/platform/db.ts';
import type { SourceComment } from '../../core/post.ts';
import { comments, posts } from '../tables.ts';

/** Everything that the source shows now. What it took away stays, with the date; a body is never replaced by none. */
export const saveComments = (
  db: Db,
  postId: PostId,
  { told, count, at }: { told: readonly SourceComment[]; count: number; at: Date },
): Promise<void> =>
  db.transaction(async (transaction) => {
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
    const names = told.map(({ externalId }) => externalId);
    await transaction
      .update(comments)
      .set({ vanishedAt: at })
      .where(
        and(
          eq(comments.postId, postId),
          isNull(comments.vanishedAt),
          names.length > 0 ? notInArray(comments.externalId, names) : undefined,
        ),
      );
    await transaction
      .update(posts)
      .set({ commentsReadAt: at, commentsReadCount: count })
      .where(eq(posts.id, postId));
  });
