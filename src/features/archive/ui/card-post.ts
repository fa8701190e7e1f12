import type { CreatorCard, PostCard } from '../core/reading/shown.ts';

export type CardPost = Omit<PostCard, 'files' | 'commentCount'>;
export type StripCreator = Pick<CreatorCard, 'id' | 'name' | 'avatar'>;

/** What a card shows of a post: everything that a page gives to its components goes to the browser a second time, as data. */
export const onCard = ({ files: _files, commentCount: _comments, ...post }: PostCard): CardPost => ({
  ...post,
  excerpt: post.cover ? null : post.excerpt,
});

export const onStrip = ({ id, name, avatar }: CreatorCard): StripCreator => ({ id, name, avatar });
