import type { Random } from '../random.ts';
import type { Composition } from './compose.ts';
import { image } from './document.ts';
import type { Ids } from './ids.ts';
import type { Language } from './material.ts';
import { extensionOf, mimetypeOf, type Picture, type Recipe } from './media/recipes.ts';
import type { Media, Post } from './patronage.ts';
import type { Plan } from './plans.ts';

export type Maker = {
  random: Random;
  ids: Ids;
  plan: Plan;
  text: Composition;
  createdAt: string;
  language: Language;
};

/** How many different pictures each creator took; posts that share one share its bytes. */
const PICTURES = 45;
const sizes = [
  [800, 533],
  [720, 480],
  [640, 800],
  [600, 600],
  [960, 540],
  [640, 480],
] as const;

export const aMedia = (
  file: Recipe,
  rest: Partial<Media> & Pick<Media, 'id' | 'role' | 'createdAt'>,
): Media => ({
  file,
  fileName: null,
  mimetype: mimetypeOf(file),
  disposition: 'plain',
  tellsSize: true,
  hasTranscript: false,
  hasStreamWords: false,
  isProtected: false,
  ...rest,
});

/** Number 7 moves, 11 has to be turned, 13 has more colours than a screen, and 17 is as large as a camera makes them. */
export function pictureOf(plan: Plan, number: number): Picture {
  const [width, height] = sizes[number % sizes.length] ?? [800, 533];
  const base = { kind: 'picture', motif: plan.motif, seed: number, width, height } as const;
  if (number === 7) return { ...base, width: 480, height: 320, format: 'gif', quirk: 'animated' };
  if (number === 11) return { ...base, format: 'jpeg', quirk: 'rotated' };
  if (number === 13) return { ...base, format: 'jpeg', quirk: 'wide-gamut' };
  if (number === 17) return { ...base, width: 2400, height: 1600, format: 'jpeg' };
  const format = number % 9 === 4 ? 'png' : number % 9 === 6 ? 'webp' : 'jpeg';
  return { ...base, motif: number % 5 === 3 ? 'bench' : number % 5 === 4 ? 'ink' : plan.motif, format };
}

/** The pictures of a document: photographs as JPEG, and a drawing in between that is none. */
export const platesOf = (plan: Plan, number: number): Picture[] =>
  Array.from({ length: 1 + (number % 3) }, (_, index) => ({
    ...pictureOf(plan, 18 + ((number + index * 5) % 12)),
    format: index === 1 ? 'png' : 'jpeg',
  }));

export function picturesOf(maker: Maker, count: number): Media[] {
  const { random, ids, plan, createdAt, text } = maker;
  const numbers = random.sample(
    Array.from({ length: PICTURES }, (_, number) => number),
    count,
  );
  // Long galleries were put in order after they were uploaded: their numbers, which tell the time, run backwards.
  const numbered = numbers.map(() => ids.media());
  if (count > 3) numbered.reverse();
  return numbers.map((number, index) => {
    const file = pictureOf(plan, number);
    const name = `${text.topic.key}-${String(index + 1).padStart(2, '0')}.${extensionOf(file)}`;
    return aMedia(file, {
      id: numbered[index] ?? '',
      role: 'image',
      fileName: random.chance(0.85) ? name : null,
      createdAt,
    });
  });
}

export function audioOf({ random, ids, text, createdAt, language }: Maker, format: 'mp3' | 'm4a'): Media {
  const file: Recipe = { kind: 'speech', language, sentences: text.spoken, format };
  return aMedia(file, {
    id: ids.media(),
    role: 'audio',
    fileName: `${text.topic.key}-${String(random.int(1, 99)).padStart(2, '0')}.${format}`,
    tellsSize: false,
    hasTranscript: random.chance(0.3),
    createdAt,
  });
}

/** How many films each creator made: a film costs seconds of computing, so posts share them. */
const FILMS = 2;

export function filmOf({ random, ids, plan, text, createdAt, language }: Maker): Media {
  const material = plan.materials.find((one) => one.language === language) ?? plan.materials[0];
  const number = random.int(1, FILMS);
  const topic = material?.topics[number] ?? text.topic;
  const sentences = topic.sentences.filter((sentence) => !sentence.includes('{')).slice(0, 2);
  const file: Recipe = { kind: 'film', language, sentences, motif: plan.motif, seed: number };
  const id = ids.media();
  const hasTranscript = random.chance(0.5);
  return aMedia(file, {
    id,
    role: 'video',
    fileName: `${text.topic.key}.mp4`,
    tellsSize: false,
    hasTranscript,
    hasStreamWords: !hasTranscript,
    createdAt,
  });
}

/** Sometimes a picture stands in the text; every second of those is in no list of the post. */
export function insertInline(random: Random, post: Post): void {
  const [first] = post.media.filter(({ role }) => role === 'image');
  if (!first || first.file.kind !== 'picture' || !random.chance(0.4)) return;
  const id = String(Number(first.id) + 901_000);
  const isListed = random.chance(0.5);
  const shown = isListed ? first : { ...first, id, role: 'inline' as const, fileName: null };
  if (!isListed) post.media.push(shown);
  const blocks = post.body.content ?? [];
  blocks.splice(2, 0, image(shown.id, post.title ?? '', random.chance(0.4) ? post.teaser : null));
}
