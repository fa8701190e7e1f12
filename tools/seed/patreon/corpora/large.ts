import { iso } from '../../moments.ts';
import { createRandom } from '../../random.ts';
import { compose } from '../compose.ts';
import { aMedia } from '../files.ts';
import type { Media, Post } from '../patronage.ts';
import { maps } from '../writing/maps.ts';
import { aPost } from './creator.ts';

/** A creator whose posts are made up when somebody asks for them, always the same way, and then forgotten. */
export type Endless = {
  count: number;
  mediaPerPost: number;
  /** The number of the oldest post; they follow each other. */
  firstPost: number;
  now: Date;
};

const FIRST_MEDIA = 1_100_000_000;
const MEDIA_STEP = 10;
const HOUR_MS = 3_600_000;

const publishedAt = ({ count, now }: Endless, index: number): number =>
  now.getTime() - (count - index) * 2 * HOUR_MS;

/** Newest first, as lists have it. */
export const entriesOf = (endless: Endless): { id: string; publishedAt: number }[] =>
  Array.from({ length: endless.count }, (_, place) => {
    const index = endless.count - 1 - place;
    return { id: String(endless.firstPost + index), publishedAt: publishedAt(endless, index) };
  });

export function makePost(endless: Endless, id: string): Post | undefined {
  const index = Number(id) - endless.firstPost;
  if (!Number.isInteger(index) || index < 0 || index >= endless.count) return undefined;
  const random = createRandom(endless.firstPost + index);
  const topic = maps.topics[index % maps.topics.length];
  if (!topic) return undefined;
  const { title, blocks, teaser, particulars } = compose(random, maps, topic);
  const at = iso(publishedAt(endless, index));
  const media = mediaOf(endless, index, at);
  return aPost(endless.now, {
    id,
    postType: media.length > 0 ? 'image_file' : 'text_only',
    title: `${title} (${String(index + 1)})`,
    topic: topic.key,
    particulars,
    body: { type: 'doc', content: blocks },
    bodyAs: 'json',
    teaser,
    tags: [...topic.tags],
    publishedAt: at,
    createdAt: at,
    access: { kind: 'patrons' },
    media,
    cover: media[0]?.id ?? null,
  });
}

const mediaOf = ({ mediaPerPost }: Endless, index: number, createdAt: string): Media[] =>
  Array.from({ length: mediaPerPost }, (_, place) =>
    aMedia(
      { kind: 'tiny', number: index * mediaPerPost + place },
      {
        id: String(FIRST_MEDIA + index * MEDIA_STEP + place),
        role: 'image',
        fileName: `${String(index)}-${String(place)}.png`,
        createdAt,
      },
    ),
  );

export function postOfMedia(
  { firstPost, count, mediaPerPost }: Endless,
  mediaId: string,
): string | undefined {
  const index = Math.floor((Number(mediaId) - FIRST_MEDIA) / MEDIA_STEP);
  return mediaPerPost > 0 && index >= 0 && index < count ? String(firstPost + index) : undefined;
}
