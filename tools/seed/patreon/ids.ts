import type { Random } from '../random.ts';

/** Numbers as Patreon gives them: ever larger, with gaps where other people's things are. */
export function createIds(random: Random, from: number): () => string {
  let last = from;
  return () => {
    last += random.int(1, 900);
    return String(last);
  };
}

export type Ids = Record<'post' | 'media' | 'comment' | 'other', () => string>;

/** Each creator has a range of their own, so that one more post of the first does not move the others. */
export const idsFor = (random: Random, index: number): Ids => ({
  post: createIds(random.fork('post ids'), 94_000_000 + index * 3_000_000),
  media: createIds(random.fork('media ids'), 300_000_000 + index * 30_000_000),
  comment: createIds(random.fork('comment ids'), 120_000_000 + index * 10_000_000),
  other: createIds(random.fork('other ids'), 700_000 + index * 400_000),
});
