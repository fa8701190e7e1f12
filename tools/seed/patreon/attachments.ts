import type { Random } from '../random.ts';
import type { Composition } from './compose.ts';
import { link, paragraph, wordsOf } from './document.ts';
import { aMedia, pictureOf, platesOf } from './files.ts';
import { extensionOf, type Recipe } from './media/recipes.ts';
import type { Material } from './material.ts';
import type { Media, Post } from './patronage.ts';
import type { Seeding } from './plans.ts';

const names = {
  es: {
    pdf: 'Apuntes de {topic}',
    zip: 'Material de {topic}',
    plain: 'Medidas – {topic}',
    picture: 'Lámina {topic} (año {year})',
    speech: 'Transcripción',
  },
  en: {
    pdf: 'Notes on {topic}',
    zip: '{topic} pack',
    plain: '{topic} – key',
    picture: '{topic} poster, naïve edition ({year})',
    speech: 'Transcript',
  },
};

/** The files below a post. Those about one topic are the same file each time, under names of their own. */
export function createAttachments(random: Random, { plan, ids }: Seeding) {
  return (post: Post, text: Composition): Media[] => {
    if (!random.chance(post.postType === 'podcast' ? 0.4 : 0.3)) return [];
    const material = plan.materials.find(({ topics }) => topics.includes(text.topic));
    const kinds = random.sample(
      ['pdf', 'pdf', 'zip', 'plain', 'picture'] as const,
      random.pick([1, 1, 2, 3]),
    );
    const media = kinds.map((kind) =>
      attachment(random, { kind, post, text, material, plan, id: ids.media() }),
    );
    if (random.chance(0.3)) mention(post, media[0]);
    return media;
  };
}

type Wanted = {
  kind: 'pdf' | 'zip' | 'plain' | 'picture';
  post: Post;
  text: Composition;
  material: Material | undefined;
  plan: Seeding['plan'];
  id: string;
};

function attachment(random: Random, wanted: Wanted): Media {
  const { kind, post, text, id } = wanted;
  const file = recipeOf(random, wanted);
  const name = names[post.language][kind]
    .replace('{topic}', text.topic.tags[0] ?? text.topic.key)
    .replace('{year}', post.publishedAt.slice(0, 4));
  return aMedia(file, {
    id,
    role: 'attachment',
    fileName: `${name}.${extensionOf(file)}`,
    disposition: random.pick(['plain', 'rfc5987', 'rfc5987', 'none']),
    tellsSize: random.chance(0.9),
    createdAt: post.createdAt,
  });
}

function recipeOf(random: Random, { kind, post, text, material, plan }: Wanted): Recipe {
  const sentences = text.topic.sentences.filter((sentence) => !sentence.includes('{'));
  const title = text.topic.tags.join(' · ');
  const asides = material?.asides.filter((sentence) => !sentence.includes('{')) ?? [];
  switch (kind) {
    case 'pdf':
      return {
        kind: 'pdf',
        title,
        paragraphs: [material?.headings[0] ?? title, ...sentences, ...asides],
        pictures: platesOf(plan, text.topic.key.length),
        scannedPages: text.topic.key.length % 3,
      };
    case 'zip':
      return {
        kind: 'zip',
        entries: [
          { name: 'leeme.txt', body: title },
          { name: `${text.topic.key}/notes.txt`, body: sentences.join('\n') },
        ],
      };
    case 'plain':
      return { kind: 'plain', body: `${post.title ?? ''}\n\n${wordsOf(post.body)}\n` };
    case 'picture':
      return pictureOf(plan, random.int(0, 44));
  }
}

/** A link to the file from the text, as the editor makes it. */
function mention(post: Post, media: Media | undefined): void {
  if (!media) return;
  const href = `https://www.patreon.com/file?h=${post.id}&m=${media.id}`;
  post.body.content?.push(paragraph(link(media.fileName ?? 'file', href)));
}
