import { iso } from '../moments.ts';
import type { Random } from '../random.ts';
import type { Ids } from './ids.ts';
import type { Comment, Person, Post } from './patronage.ts';
import type { Plan } from './plans.ts';
import { answers, patrons, remarks } from './writing/remarks.ts';

type Scene = { post: Post; ids: Ids; now: Date; plan: Plan };

const HOUR_MS = 3_600_000;

export function seedComments(random: Random, scene: Scene): Comment[] {
  const count = random.pick([0, 0, 1, 2, 3, 3, 4, 6, 8, random.chance(0.12) ? 64 : 5]);
  const { post } = scene;
  let at = Date.parse(post.publishedAt);
  const comments = Array.from({ length: count }, () => {
    at = Math.min(at + random.next() * 20 * HOUR_MS, scene.now.getTime() - 60_000);
    return remark(random, scene, at);
  });
  return comments.reverse();
}

function remark(random: Random, scene: Scene, at: number): Comment {
  const { post, ids, plan } = scene;
  const isDeleted = random.chance(0.03);
  const replies = random.chance(0.3) ? Array.from({ length: random.int(1, 4) }, () => 0) : [];
  return {
    id: ids.comment(),
    by: someone(random),
    body: isDeleted ? '' : fill(random, random.pick(remarks[post.language]), post),
    createdAt: iso(at),
    deletedAt: isDeleted ? iso(at + HOUR_MS) : null,
    isByCreator: false,
    isByPatron: true,
    isLikedByCreator: random.chance(0.3),
    votes: random.int(0, 14),
    replies: replies.map((_, index) => reply(random, { post, ids, plan }, at + (index + 1) * HOUR_MS)),
  };
}

function reply(random: Random, { post, ids, plan }: Omit<Scene, 'now'>, at: number): Comment {
  const isByCreator = random.chance(0.6);
  return {
    id: ids.comment(),
    by: isByCreator ? { id: plan.userId, name: plan.name } : someone(random),
    body: fill(random, random.pick((isByCreator ? answers : remarks)[post.language]), post),
    createdAt: iso(at),
    deletedAt: null,
    isByCreator,
    isByPatron: !isByCreator,
    isLikedByCreator: false,
    votes: random.int(0, 5),
    replies: [],
  };
}

const someone = (random: Random): Person => {
  const index = random.int(0, patrons.length - 1);
  return { id: String(70_100_000 + index * 37), name: patrons[index] ?? 'Anonymous' };
};

const fill = (random: Random, words: string, post: Post): string =>
  words
    .replace('{tag}', post.tags[0] ?? post.topic)
    .replace('{name}', random.pick(Object.values(post.particulars)))
    .replace('{title}', post.title ?? '');
