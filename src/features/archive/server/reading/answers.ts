import type { z } from '@hono/zod-openapi';
import type {
  CollectionCard,
  CreatorCard,
  Neighbour,
  PostCard,
  RevisionRow,
  ShownComment,
  ShownCreator,
  ShownMedia,
  ShownPicture,
  ShownPost,
} from '../../core/reading/shown.ts';
import type {
  collectionSchema,
  commentSchema,
  creatorCardSchema,
  creatorSchema,
  postCardSchema,
  postSchema,
  revisionSchema,
} from './answers.schemas.ts';

const at = (date: Date): string => date.toISOString();
const atOrNull = (date: Date | null): string | null => date?.toISOString() ?? null;
const picture = (one: ShownPicture | null) => one && { sha256: one.sha256, kind: one.kind };

export const postCardAnswer = ({ minutes, cover, ...card }: PostCard): z.infer<typeof postCardSchema> => ({
  ...card,
  publishedAt: at(card.publishedAt),
  vanishedAt: atOrNull(card.vanishedAt),
  minutesToRead: minutes,
  cover: picture(cover),
});

const neighbour = (one: Neighbour | null) => one && { ...one, publishedAt: at(one.publishedAt) };

const mediaAnswer = ({ position: _, look: _look, gap, withdrawnAt, ...media }: ShownMedia) => ({
  ...media,
  gap: gap && { ...gap },
  withdrawnAt: atOrNull(withdrawnAt),
});

export const postAnswer = ({ revisions, ...post }: ShownPost): z.infer<typeof postSchema> => ({
  ...post,
  blocks: [...post.blocks],
  tags: [...post.tags],
  tiers: [...post.tiers],
  publishedAt: at(post.publishedAt),
  editedAt: atOrNull(post.editedAt),
  readAt: atOrNull(post.readAt),
  firstSeenAt: at(post.firstSeenAt),
  lastSeenAt: at(post.lastSeenAt),
  vanishedAt: atOrNull(post.vanishedAt),
  shownFrom: atOrNull(post.shownFrom),
  media: post.media.map(mediaAnswer),
  collections: post.collections.map((place) => ({
    ...place,
    previous: neighbour(place.previous),
    next: neighbour(place.next),
  })),
  beside: { previous: neighbour(post.beside.previous), next: neighbour(post.beside.next) },
  revisionCount: revisions.length,
});

export const revisionAnswer = (revision: RevisionRow): z.infer<typeof revisionSchema> => ({
  ...revision,
  seenAt: at(revision.seenAt),
});

export const commentAnswer = (comment: ShownComment): z.infer<typeof commentSchema> => ({
  ...comment,
  createdAt: at(comment.createdAt),
  vanishedAt: atOrNull(comment.vanishedAt),
});

export const creatorCardAnswer = (creator: CreatorCard): z.infer<typeof creatorCardSchema> => ({
  id: creator.id,
  source: creator.source,
  name: creator.name,
  membership: creator.membership,
  selected: creator.selected,
  avatar: picture(creator.avatar),
  newestPostAt: atOrNull(creator.newestPostAt),
});

export const collectionAnswer = ({
  cover,
  vanishedAt,
  ...collection
}: CollectionCard): z.infer<typeof collectionSchema> => ({
  ...collection,
  vanishedAt: atOrNull(vanishedAt),
  cover: picture(cover),
});

export const creatorAnswer = (creator: ShownCreator): z.infer<typeof creatorSchema> => ({
  ...creatorCardAnswer(creator),
  externalId: creator.externalId,
  url: creator.url,
  summary: creator.summary,
  tiers: creator.tiers.map((tier) => ({ ...tier })),
  cover: picture(creator.cover),
  syncedAt: atOrNull(creator.syncedAt),
  collections: creator.collections.map(collectionAnswer),
});
