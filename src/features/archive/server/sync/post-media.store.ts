import { and, eq, inArray, isNull, notInArray, sql } from 'drizzle-orm';
import type { CreatorId, PostId, PostMediaId } from '#core/ids.ts';
import type { Db } from '#server/platform/db.ts';
import type { GapReason, SourceMedia } from '../../core/media.ts';
import type { SourcePost } from '../../core/post.ts';
import { postMedia } from '../media/post-media.tables.ts';

type Place = typeof postMedia.$inferSelect;

/** A new copy that offers the media again is a reason to try again; that it is too large, or protected, is as it was. */
const OVER_WITH_A_NEW_COPY: readonly GapReason['code'][] = ['locked', 'vanished', 'expired', 'not-offered'];

/**
 * Makes the places of a post those that its shown copy names, in that order. What it does not name any more is
 * withdrawn and keeps its bytes. Gives those that wait for bytes and did not before.
 */
export async function placeMedia(
  transaction: Db,
  post: { id: PostId; creatorId: CreatorId },
  { media, locked, tiers }: Pick<SourcePost, 'media' | 'locked' | 'tiers'>,
  newId: () => string,
): Promise<PostMediaId[]> {
  const ofPost = eq(postMedia.postId, post.id);
  const before = await transaction.select().from(postMedia).where(ofPost);
  const known = new Map(before.map((row) => [row.externalId, row]));
  const wanted: PostMediaId[] = [];

  for (const [position, one] of distinct(media).entries()) {
    const row = known.get(one.externalId);
    const open = locked
      ? { state: 'gap' as const, gap: { code: 'locked' as const, tiers }, tries: 0 }
      : { state: 'waiting' as const, gap: null, tries: 0 };
    const starts = row === undefined || isOver(row);
    const id = row?.id ?? (newId() as PostMediaId);
    const values = { ...described(one), position, withdrawnAt: null };
    if (row) {
      const change = { ...values, ...(starts ? open : {}) };
      await transaction.update(postMedia).set(change).where(eq(postMedia.id, id));
    } else {
      const place = { id, postId: post.id, creatorId: post.creatorId, externalId: one.externalId };
      await transaction.insert(postMedia).values({ ...place, ...values, ...open });
    }
    if (starts && !locked) wanted.push(id);
  }

  const named = [...media.map(({ externalId }) => externalId), ...untoldWords(before, media)];
  const unnamed = named.length > 0 ? notInArray(postMedia.externalId, named) : undefined;
  await transaction
    .update(postMedia)
    .set({ withdrawnAt: sql`now()` })
    .where(and(ofPost, isNull(postMedia.withdrawnAt), unnamed));
  return wanted;
}

const isOver = ({ state, gap }: Pick<Place, 'state' | 'gap'>): boolean =>
  state === 'gap' && gap !== null && OVER_WITH_A_NEW_COPY.includes(gap.code);

/** A stream that does not answer tells of no words at all: those of a film that is still named are not withdrawn for it. */
function untoldWords(before: readonly Place[], media: readonly SourceMedia[]): string[] {
  const films = new Set(media.map(({ externalId }) => externalId));
  const told = new Set(media.flatMap(({ role, of }) => (role === 'captions' && of !== null ? of : [])));
  return before.flatMap(({ externalId, role, of }) =>
    role === 'captions' && of !== null && films.has(of) && !told.has(of) ? externalId : [],
  );
}

/** A cover that is also the first picture of the gallery is one place. */
const distinct = (media: readonly SourceMedia[]): SourceMedia[] =>
  [...new Map([...media].reverse().map((one) => [one.externalId, one])).values()].reverse();

const described = ({ externalId: _externalId, sizeBytes, ...media }: SourceMedia) => ({
  ...media,
  expectedBytes: sizeBytes,
});

/** What was a gap waits again, with all its tries. Gives those that were. */
export async function reopenMedia(transaction: Db, ids: readonly PostMediaId[]): Promise<PostMediaId[]> {
  if (ids.length === 0) return [];
  const reopened = await transaction
    .update(postMedia)
    .set({ state: 'waiting', gap: null, tries: 0 })
    .where(and(inArray(postMedia.id, [...ids]), eq(postMedia.state, 'gap')))
    .returning({ id: postMedia.id });
  return reopened.map(({ id }) => id);
}
