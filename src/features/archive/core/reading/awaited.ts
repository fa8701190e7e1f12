/** Whether a post is still to be read whole. What lists showed of it is there; one that is gone or locked is awaited by nobody. */
export const isAwaited = (post: { readAt: Date | null; locked: boolean; vanishedAt: Date | null }): boolean =>
  post.readAt === null && !post.locked && post.vanishedAt === null;
