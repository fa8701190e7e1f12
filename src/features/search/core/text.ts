/** A word of a text, where it stands, and the form in which it is indexed and asked for. */
export type Word = { folded: string; from: number; to: number };

/** Writing without spaces: there each sign is a word, and a word of several signs is asked for as a phrase. */
const WORD =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{N}\p{M}]+?(?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[^\p{L}\p{N}\p{M}]|$)/gu;
const NO_LETTER = /[^\p{L}\p{N}]+/gu;
/** PostgreSQL indexes no lexeme beyond 2 046 bytes, and what is longer than this is no word that anybody types. */
const LONGEST_WORD = 100;

/** Most words are, and need a tenth of the work. */
const PLAIN = /^[a-zA-Z0-9]*$/;

/** Without accents, case and signs, by ourselves: what a database folds depends on how its server was set up. */
export const fold = (text: string): string => (PLAIN.test(text) ? text.toLowerCase() : foldAny(text));

const foldAny = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase()
    .normalize('NFC');

const foldedWord = (word: string): string =>
  PLAIN.test(word)
    ? word.slice(0, LONGEST_WORD).toLowerCase()
    : foldAny(word).replaceAll(NO_LETTER, '').slice(0, LONGEST_WORD).toWellFormed();

/** Below this number a table tells what stands in a word; above it there are accents that join a letter, and writing without spaces. */
const TABLE_END = 0x300;
const STANDS_IN_WORD = Uint8Array.from({ length: TABLE_END }, (_, code) =>
  /[\p{L}\p{N}]/u.test(String.fromCharCode(code)) ? 1 : 0,
);

/** Without an object for each: a page of results has thousands of words, and shows a few. */
function eachWord(text: string, take: (from: number, to: number) => void): void {
  let at = 0;
  while (at < text.length) {
    const from = at;
    while (STANDS_IN_WORD[text.charCodeAt(at)] === 1) at += 1;
    if (at === text.length || text.charCodeAt(at) < TABLE_END) {
      if (at > from) take(from, at);
      at += 1;
      continue;
    }
    WORD.lastIndex = from;
    const found = WORD.exec(text);
    if (!found) return;
    at = WORD.lastIndex;
    // A lone accent is no word.
    if (foldedWord(found[0]) !== '') take(found.index, at);
  }
}

/** The n-th word here is position n in the index, so what is found there can be marked in the text. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  eachWord(text, (from, to) => {
    words.push({ folded: foldedWord(text.slice(from, to)), from, to });
  });
  return words;
}

/** The same words, for those who only ask where each stands. */
export type WordPlaces = { text: string; starts: readonly number[]; ends: readonly number[] };

export function placesOf(text: string): WordPlaces {
  const starts: number[] = [];
  const ends: number[] = [];
  eachWord(text, (from, to) => {
    starts.push(from);
    ends.push(to);
  });
  return { text, starts, ends };
}

export function countWords(text: string): number {
  let count = 0;
  eachWord(text, () => {
    count += 1;
  });
  return count;
}

/** A text and its words, for those who look at them more than once. */
export type ReadText = { text: string; words: readonly Word[] };

export const readText = (text: string): ReadText => ({ text, words: wordsOf(text) });

export const folded = ({ words }: Pick<ReadText, 'words'>): string =>
  words.map((word) => word.folded).join(' ');

export const foldedWords = (text: string): string => folded(readText(text));

/** What a database can keep: no NUL, no other control characters but line ends, no half characters, accents in one piece. */
export const cleanText = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, ' ')
    .normalize('NFC');
