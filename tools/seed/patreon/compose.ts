import type { Random } from '../random.ts';
import { heading, list, paragraph, quote, text, type Node } from './document.ts';
import type { Material, Topic } from './material.ts';

export type Composition = {
  topic: Topic;
  title: string;
  teaser: string;
  /** The body, without its pictures. */
  blocks: Node[];
  /** What a speaker would read aloud. */
  spoken: string[];
  particulars: Record<string, string>;
};

/** Writes one post of several paragraphs about `topic`, with the same names from its title to its end. */
export function compose(random: Random, material: Material, topic: Topic): Composition {
  const particulars = Object.fromEntries(
    Object.entries(material.slots).map(([slot, words]) => [slot, random.pick(words)]),
  );
  const fill = (sentence: string): string => fillIn(sentence, particulars);
  const own = random.sample(topic.sentences, random.int(6, topic.sentences.length)).map(fill);
  const other = random.pick(material.topics.filter(({ key }) => key !== topic.key));
  const stray = random.chance(0.25) ? [fill(random.pick(other.sentences))] : [];
  const asides = random.sample(material.asides, 2).map(fill);
  const opening = fill(random.pick(material.openings));
  const closing = fill(random.pick(material.closings));
  return {
    topic,
    title: fill(random.pick(topic.titles)),
    teaser: opening,
    blocks: arrange(random, { opening, own, stray, asides, closing, headings: material.headings }),
    spoken: [opening, ...own.slice(0, 3), closing],
    particulars,
  };
}

type Parts = Record<'opening' | 'closing', string> &
  Record<'own' | 'stray' | 'asides', string[]> & { headings: readonly string[] };

function arrange(random: Random, { opening, own, stray, asides, closing, headings }: Parts): Node[] {
  const rest = [...own];
  const take = (count: number): string => rest.splice(0, count).join(' ');
  const [firstAside = '', lastAside = ''] = asides;
  const blocks = [
    paragraph(`${opening} ${take(1)}`),
    paragraph(`${take(2)} `, text(firstAside, { type: 'italic' })),
  ];
  if (random.chance(0.4)) blocks.push(heading(random.pick(headings), random.pick([2, 3, 3])));
  if (rest.length > 4 && random.chance(0.45)) {
    blocks.push(list(random.pick(['bulletList', 'orderedList']), rest.splice(0, 3)));
  }
  if (rest.length > 1 && random.chance(0.3)) blocks.push(quote(take(1)));
  while (rest.length > 0) {
    const [first = '', ...others] = rest.splice(0, random.int(1, 3));
    blocks.push(
      random.chance(0.2)
        ? paragraph(text(first, { type: 'bold' }), ` ${others.join(' ')}`)
        : paragraph([first, ...others].join(' ')),
    );
  }
  blocks.push(paragraph([...stray, lastAside].join(' ')), paragraph(closing));
  return blocks;
}

/** Also what Spanish does to «de el», and the capital that a name in front of a sentence may lack. */
function fillIn(sentence: string, words: Record<string, string>): string {
  const filled = sentence.replace(/\{(\w+)\}/g, (whole, slot: string) => words[slot] ?? whole);
  const joined = filled.replace(/\b([Dd]e|[Aa]) el (?=\p{L})/gu, (_, word: string) => `${word}l `);
  return joined.replace(
    /^([«"]?)(\p{Ll})/u,
    (_, mark: string, letter: string) => mark + letter.toUpperCase(),
  );
}
