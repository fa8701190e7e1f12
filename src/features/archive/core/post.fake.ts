import type { SourcePost } from './post.ts';

export const aPost = (over: Partial<SourcePost> = {}): SourcePost => ({
  externalId: '1',
  kind: 'text',
  title: 'A walk in the hills',
  url: null,
  publishedAt: new Date('2026-03-01T10:00:00Z'),
  editedAt: null,
  locked: false,
  teaser: null,
  blocks: [{ type: 'paragraph', text: [{ text: 'We left early.' }] }],
  media: [],
  tags: [],
  tiers: [],
  collections: [],
  commentCount: 0,
  likeCount: null,
  drift: [],
  ...over,
});
