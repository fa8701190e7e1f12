import { later } from '../moments.ts';
import type { Random } from '../random.ts';
import { aMedia, pictureOf } from './files.ts';
import type { Ids } from './ids.ts';
import type { Collection, Post } from './patronage.ts';
import type { Plan } from './plans.ts';

type Shelf = { plan: Plan; posts: readonly Post[]; ids: Ids };

/** Arranged by topic and, within it, as the creator would read them aloud: not by date. */
export function seedCollections(random: Random, { plan, posts, ids }: Shelf): Collection[] {
  return plan.collections.map(({ title, description, topics }, index) => {
    const chosen = topics.flatMap((topic) => {
      const about = posts.filter((post) => post.topic === topic);
      return random.sample(about, Math.min(about.length, 9));
    });
    const dates = chosen.map(({ publishedAt }) => publishedAt).sort();
    const createdAt = dates[0] ?? '';
    return {
      id: ids.other(),
      title,
      description,
      createdAt,
      editedAt: later(dates.at(-1) ?? createdAt, 1),
      postIds: chosen.map(({ id }) => id),
      thumbnail: aMedia(pictureOf(plan, 20 + index), { id: ids.media(), role: 'profile', createdAt }),
    };
  });
}
