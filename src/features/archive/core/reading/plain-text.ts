import type { Block, Span } from '../content.ts';

const spansText = (spans: readonly Span[]): string => spans.map(({ text }) => text).join('');

const lines = (blocks: readonly Block[]): string[] => blocks.flatMap(linesOf);

type Readers = { [Type in Block['type']]: (block: Extract<Block, { type: Type }>) => string[] };

const nothing = (): string[] => [];
const prose = ({ text }: { text: readonly Span[] }) => spansText(text).split('\n');

const readers: Readers = {
  paragraph: prose,
  heading: prose,
  list: ({ ordered, items }) =>
    items.flatMap((item, index) =>
      lines(item).map((line, at) => (at === 0 ? `${ordered ? `${index + 1}.` : '•'} ${line}` : line)),
    ),
  quote: ({ blocks }) => lines(blocks),
  code: ({ text }) => text.split('\n'),
  image: ({ caption }) => [caption ?? ''],
  embed: ({ embed }) => [embed.title ?? '', embed.url],
  link: ({ title, url }) => [title ?? '', url],
  poll: ({ poll }) => [poll.question, ...poll.choices.map(({ text }) => `• ${text}`)],
  gallery: nothing,
  audio: nothing,
  video: nothing,
  file: nothing,
  divider: nothing,
};

/** The table has for each type a reader of just that type, which the compiler cannot follow through a lookup. */
const linesOf = (block: Block): string[] => (readers[block.type] as (block: Block) => string[])(block);

/** What somebody reads of a body, line by line: to compare two revisions, and for the first words on a card. */
export const plainLines = (blocks: readonly Block[]): string[] =>
  lines(blocks)
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** The first words, ended where a word ends. Headings and lists read as sentences too. */
export function excerptOf(blocks: readonly Block[], most: number): string | null {
  const text = plainLines(blocks).join(' ').replaceAll(/\s+/g, ' ');
  if (text === '') return null;
  if (text.length <= most) return text;
  // Never in the middle of a pair: half a character is none.
  const cut = text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '');
  const wordEnd = cut.lastIndexOf(' ');
  return `${cut.slice(0, wordEnd > 0 ? wordEnd : cut.length)}…`;
}

/** Grown-ups read 200 to 240 words of prose in a minute, in Spanish as in English (Brysbaert 2019). */
const WORDS_PER_MINUTE = 220;

/** Whole minutes, at least one; null when there is nothing to read. */
export function minutesToRead(blocks: readonly Block[]): number | null {
  const words = plainLines(blocks)
    .join(' ')
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  return words === 0 ? null : Math.max(1, Math.round(words / WORDS_PER_MINUTE));
}
