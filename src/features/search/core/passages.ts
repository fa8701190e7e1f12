import { courseOf } from './course.ts';
import {
  isNaming,
  type DetectLanguage,
  type Language,
  type Locator,
  type Part,
  type Passage,
  type Stretch,
} from './document.ts';
import { cleanText } from './text.ts';
import { isSurely, sureTongue } from './tongue.ts';

/** Long enough to be understood alone, short enough to be about one thing. */
export const AIM_WORDS = 200;
/** About thirty seconds of speech: what is said there is about one thing, and short enough to be read beside others. */
const SAID_WORDS = 80;
/** A text without ends of sentences, or without spaces, is cut all the same. */
const MOST_CHARACTERS = 3000;
/** Below this a detector guesses. */
const TELLS_LANGUAGE = 60;

type Sentence = { text: string; words: number; locator: Locator; part: Part };

const SENTENCE_END = /(?<=[.!?…。！？]["'»”’)\]]*)\s+(?=\S)|\n+/u;

/** Without making a list of them: indexing would do little else. */
function count(what: RegExp, text: string): number {
  let times = 0;
  while (what.test(text)) times += 1;
  return times;
}
const countSpaced = (text: string): number => count(/\S+/g, text);
const isShort = (sentence: string): boolean =>
  sentence.length <= MOST_CHARACTERS && count(/\s/g, sentence) < AIM_WORDS;

/** What may stand in one passage: blocks of one body, one comment, one page, what is said in one file. */
function wholeOf({ part, locator }: Sentence): string {
  if (locator.at === 'comment') return `${part} ${locator.comment}`;
  if (locator.at === 'page') return `${part} ${locator.media} ${locator.page}`;
  return locator.at === 'said' ? `${part} ${locator.media}` : part;
}

function* pieces(sentence: string): Generator<string> {
  const words = sentence.split(/(?<=\s)/);
  let piece: string[] = [];
  let length = 0;
  for (const word of words.flatMap(pieceOfWord)) {
    if (piece.length >= AIM_WORDS || length + word.length > MOST_CHARACTERS) {
      yield piece.join('').trim();
      piece = [];
      length = 0;
    }
    piece.push(word);
    length += word.length;
  }
  yield piece.join('').trim();
}

function pieceOfWord(word: string): string[] {
  if (word.length <= MOST_CHARACTERS) return [word];
  const all: string[] = [];
  for (let from = 0; from < word.length; from += MOST_CHARACTERS)
    all.push(word.slice(from, from + MOST_CHARACTERS));
  return all;
}

const sentencesOf = ({ text, locator, part }: Stretch): Sentence[] =>
  cleanText(text)
    .split(SENTENCE_END)
    .flatMap((sentence) => (isShort(sentence) ? [sentence] : [...pieces(sentence)]))
    .map((sentence) => sentence.toWellFormed().trim())
    .filter((sentence) => sentence !== '')
    .map((sentence) => ({ text: sentence, words: countSpaced(sentence), locator, part }));

const aimOf = ({ part }: Sentence): number => (part === 'transcript' ? SAID_WORDS : AIM_WORDS);

/** Runs of sentences of about two hundred words; each begins with the last sentence of the one before. */
function* runs(sentences: readonly Sentence[]): Generator<Sentence[]> {
  let run: Sentence[] = [];
  let words = 0;
  let characters = 0;
  for (const sentence of sentences) {
    const last = run.at(-1);
    const starts = last !== undefined && wholeOf(last) !== wholeOf(sentence);
    const isFull =
      words + sentence.words > aimOf(sentence) || characters + sentence.text.length > MOST_CHARACTERS;
    if (last !== undefined && (starts || isFull)) {
      yield run;
      run = starts || !fitsBefore(last, sentence) ? [] : [last];
      words = run.reduce((sum, one) => sum + one.words, 0);
      characters = run.reduce((sum, one) => sum + one.text.length, 0);
    }
    run.push(sentence);
    words += sentence.words;
    characters += sentence.text.length;
  }
  if (run.length > 0) yield run;
}

/** A sentence as long as a passage is not said twice. */
const fitsBefore = (last: Sentence, next: Sentence): boolean =>
  last.words + next.words <= aimOf(next) && last.text.length + next.text.length <= MOST_CHARACTERS;

/** Cuts a document into passages, each with the place where it begins and its own language. */
export function cutPassages(stretches: readonly Stretch[], detect: DetectLanguage): Passage[] {
  const all = [...runs(stretches.flatMap(sentencesOf))].map((run) => ({
    run,
    text: run.map(({ text }) => text).join(' '),
  }));
  const written = all
    .filter(({ run }) => !run.some(isNaming))
    .map(({ text }) => text)
    .join(' ')
    .slice(0, MOST_CHARACTERS);
  const whole = sureTongue(written) ?? detect(written) ?? 'other';
  const languageOf = (text: string): Language =>
    text.length < TELLS_LANGUAGE || isSurely(whole, text) ? whole : (detect(text) ?? whole);
  return all.flatMap(({ run, text }) => {
    const [first] = run;
    return first
      ? [
          {
            part: first.part,
            locator: courseOf(first.locator, run),
            // Or "Will" would be left out of English names, as a word that says nothing.
            language: isNaming(first) ? 'other' : languageOf(text),
            text,
          },
        ]
      : [];
  });
}
