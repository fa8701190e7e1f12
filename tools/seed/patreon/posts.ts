import { iso } from '../moments.ts';
import type { Random } from '../random.ts';
import { seedComments } from './comments.ts';
import { compose, type Composition } from './compose.ts';
import { emptyParagraph, link, paragraph } from './document.ts';
import { embedOf } from './embeds.ts';
import { createAttachments } from './attachments.ts';
import { audioOf, filmOf, insertInline, picturesOf } from './files.ts';
import type { Access, Media, Poll, Post, Tier } from './patronage.ts';
import type { Plan, Seeding } from './plans.ts';

const DAY_MS = 86_400_000;

/** Patreon stopped filling `content` at some moment; whatever is younger has only the JSON. */
const YOUNG_SHARE = 0.35;

/** All posts of one creator, oldest first. */
export function seedPosts(seeding: Seeding): Post[] {
  const { random, plan, now } = seeding;
  const types = shuffled(
    random,
    Object.entries(plan.posts).flatMap(([type, count]) => Array<string>(count).fill(type)),
  );
  const first = now.getTime() - plan.years * 365 * DAY_MS;
  const step = (now.getTime() - DAY_MS - first) / types.length;
  const titles = new Set<string>();
  const attach = createAttachments(random.fork('attachments'), seeding);
  const polls = [...plan.polls];
  const posts: Post[] = [];
  types.forEach((postType, index) => {
    const own = random.fork(`post ${String(index)}`);
    const at = first + step * index + own.next() * step * 0.8;
    const text = write(own, { plan, titles, index });
    const draft = draftOf({
      own,
      seeding,
      postType,
      at,
      text,
      isYoung: index > types.length * (1 - YOUNG_SHARE),
    });
    if (postType === 'poll') draft.poll = pollOf(own, { poll: polls.shift(), at, id: draft.id });
    const media = mediaOf({ own, seeding, postType, text, draft });
    draft.media.push(...media, ...attach(draft, text));
    finish(own, { draft, text, earlier: posts });
    draft.comments = seedComments(own.fork('comments'), { post: draft, ids: seeding.ids, now, plan });
    posts.push(draft);
  });
  // One film of everybody's, the oldest, may only be watched and not kept.
  for (const media of posts.find(hasFilm)?.media ?? []) media.isProtected = media.role === 'video';
  return posts;
}

const hasFilm = ({ media }: Post): boolean => media.some(({ role }) => role === 'video');

/** A title that no other post of this creator has. */
function write(
  own: Random,
  { plan, titles, index }: { plan: Plan; titles: Set<string>; index: number },
): Composition {
  const material = plan.materials[index % plan.materials.length] ?? plan.materials[0];
  if (!material) throw new Error(`nobody has written anything for ${plan.key}`);
  // Topics come round in turn, so that each has about as many posts as the others.
  const topic = material.topics[Math.floor(index / plan.materials.length) % material.topics.length];
  if (!topic) throw new Error(`${plan.key} has no topics`);
  for (let turn = 0; turn < 200; turn += 1) {
    const text = compose(own.fork(`turn ${String(turn)}`), material, topic);
    if (titles.has(text.title)) continue;
    titles.add(text.title);
    return text;
  }
  throw new Error(`no free title is left for ${topic.key} of ${plan.key}`);
}

type Draft = {
  own: Random;
  seeding: Seeding;
  postType: string;
  at: number;
  text: Composition;
  isYoung: boolean;
};

function draftOf({ own, seeding, postType, at, text, isYoung }: Draft): Post {
  const { plan, ids, tiers } = seeding;
  const material = plan.materials.find(({ topics }) => topics.includes(text.topic));
  const isEdited = own.chance(0.2);
  return {
    id: ids.post(),
    postType,
    title: text.title,
    language: material?.language ?? 'en',
    topic: text.topic.key,
    particulars: text.particulars,
    publishedAt: iso(at),
    createdAt: iso(at - own.int(5, 4_000) * 60_000),
    editedAt: isEdited ? iso(at + own.int(10, 3_000) * 60_000) : null,
    body: { type: 'doc', content: text.blocks },
    bodyAs: isYoung ? 'json' : own.pick(['html', 'both', 'both']),
    teaser: text.teaser,
    access: accessOf(own, tiers),
    media: [],
    cover: null,
    embed: embedOf(own, postType, text),
    poll: null,
    tags: own.sample(text.topic.tags, own.int(1, text.topic.tags.length)),
    likeCount: own.int(3, 240),
    comments: [],
  };
}

function accessOf(random: Random, tiers: readonly Tier[]): Access {
  if (random.chance(0.14)) return { kind: 'public' };
  if (random.chance(0.35)) return { kind: 'patrons' };
  const [low, middle, high] = tiers.filter(({ isFree }) => !isFree);
  const tier = random.chance(0.12)
    ? (high ?? middle ?? low)
    : random.pick([low, middle, low].filter((one) => one !== undefined));
  return tier ? { kind: 'tier', tierId: tier.id, cents: tier.amountCents } : { kind: 'patrons' };
}

function mediaOf({
  own,
  seeding,
  postType,
  text,
  draft,
}: Omit<Draft, 'at' | 'isYoung'> & { draft: Post }): Media[] {
  const { plan, ids } = seeding;
  const maker = { random: own, ids, plan, text, createdAt: draft.createdAt, language: draft.language };
  switch (postType) {
    case 'image_file':
      return picturesOf(maker, own.pick([1, 1, 2, 3, 4, 6, 9]));
    case 'audio_file':
      return [audioOf(maker, 'm4a')];
    case 'podcast':
      return [
        own.chance(0.06) ? filmOf(maker) : audioOf(maker, 'mp3'),
        ...(own.chance(0.5) ? picturesOf(maker, 1) : []),
      ];
    case 'video_external_file':
      return [filmOf(maker)];
    default:
      return own.chance(0.35) ? picturesOf(maker, 1) : [];
  }
}

/** Pictures inside the text, links to older posts, the odd node that nobody has described. */
function finish(
  own: Random,
  { draft, text, earlier }: { draft: Post; text: Composition; earlier: readonly Post[] },
): void {
  const blocks = draft.body.content ?? [];
  const images = draft.media.filter(({ role }) => role === 'image');
  if (images.length > 0) draft.cover = images[0]?.id ?? null;
  const older = earlier.filter(({ topic }) => topic === draft.topic).at(-1);
  if (older && own.chance(0.3)) {
    const words = draft.language === 'es' ? 'Viene de aquí: ' : 'This follows from ';
    const href = `https://www.patreon.com/posts/${older.id}`;
    blocks.splice(-1, 0, paragraph(words, link(older.title ?? older.id, href), '.'));
  }
  if (own.chance(0.15)) blocks.splice(2, 0, emptyParagraph);
  if (own.chance(0.06))
    blocks.splice(-1, 0, {
      type: 'calloutBox',
      attrs: { tone: 'info' },
      content: [paragraph(text.spoken[1] ?? '')],
    });
  insertInline(own, draft);
}

function pollOf(
  own: Random,
  { poll, at, id }: { poll: Plan['polls'][number] | undefined; at: number; id: string },
): Poll | null {
  if (!poll) return null;
  const choices = poll.choices.map((text, index) => ({
    id: `${id.slice(-6)}${String(index)}`,
    text,
    responses: own.int(4, 160),
  }));
  return {
    id: id.slice(-7),
    question: poll.question,
    closesAt: own.chance(0.7) ? iso(at + 14 * DAY_MS) : null,
    choices,
    chosen: own.chance(0.5) ? (choices[0]?.id ?? null) : null,
  };
}

const shuffled = <T>(random: Random, items: readonly T[]): T[] =>
  random.fork('order').sample(items, items.length);
