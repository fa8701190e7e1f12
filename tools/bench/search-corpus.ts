import type { SearchDocument } from '#features/search/core/document.ts';
import { createRandom, type Random } from '../seed/random.ts';

/** In half of all passages, in both languages. */
export const FREQUENT = 'alejandria';
export const CREATORS = 40;

const STEMS = 30_000;
const TOPIC_STEMS = 12;
const PARAGRAPH_WORDS = 180;
const MOST_PARAGRAPHS = 5;
export const PASSAGES_PER_DOCUMENT = (1 + MOST_PARAGRAPHS) / 2;

const languages = {
  es: {
    common: 'de la que el en y a los se del las un por con no una su para es al lo como más pero sus le ya o',
    endings: ['o', 'a', 'os', 'as', 'ar', 'ado', 'ando', 'amos', 'ción', 'mente'],
  },
  en: {
    common:
      'the of and to in a is that for it as was with be by on not he his but at are this have from or had an',
    endings: ['', 's', 'ed', 'ing', 'er', 'ly', 'ness', 'ation'],
  },
};
export type Spoken = keyof typeof languages;
const commonOf = { es: languages.es.common.split(' '), en: languages.en.common.split(' ') };

const CONSONANTS = 'bcdfglmnprstvz';
const VOWELS = 'aeiou';

/** The stem of this place in the order of how usual it is; usual ones are short. No two are alike. */
function stemOf(rank: number, language: Spoken): string {
  const syllables = rank < 1000 ? 2 : 3;
  const most = (CONSONANTS.length * VOWELS.length) ** syllables;
  let rest = (rank * 7919 + (language === 'es' ? 17 : 1303)) % most;
  let stem = '';
  for (let place = 0; place < syllables; place += 1) {
    stem += `${CONSONANTS[rest % 14] ?? ''}${VOWELS[Math.floor(rest / 14) % 5] ?? ''}`;
    rest = Math.floor(rest / 70);
  }
  return stem + (language === 'es' ? 'r' : 'nk');
}

export const wordOf = (random: Random, rank: number, language: Spoken): string =>
  stemOf(rank, language) + random.pick(languages[language].endings);

/** The usual law of words: the n-th is used 1/n times as often as the first. */
const anyRank = (random: Random): number => Math.floor(Math.exp(random.next() * Math.log(STEMS)));

/** Nearly half of what people write says nothing, and of the rest a third is what the text is about. */
function paragraphOf(random: Random, language: Spoken, topic: readonly number[]): string {
  const words = Array.from({ length: PARAGRAPH_WORDS }, () => {
    if (random.chance(0.45)) return random.pick(commonOf[language]);
    return wordOf(random, random.chance(0.3) ? random.pick(topic) : anyRank(random), language);
  });
  if (random.chance(0.5))
    for (let times = random.pick([1, 1, 1, 2, 3, 5]); times > 0; times -= 1)
      words[random.int(0, words.length - 1)] = FREQUENT;
  return words.map((word, index) => (index % 15 === 14 ? `${word}.` : word)).join(' ');
}

export const languageOf = (number: number): Spoken => (number % 2 === 0 ? 'es' : 'en');
export const creatorOf = (number: number): string => `Creator ${1 + (number % CREATORS)}`;

export const refOf = (number: number): string => `post${String(number).padStart(9, '0')}`;

/** The same document for the same number, so that none has to be kept. */
export function documentOf(number: number): SearchDocument {
  const random = createRandom(number + 1);
  const language = languageOf(number);
  const topic = Array.from({ length: TOPIC_STEMS }, () => anyRank(random));
  return {
    kind: 'post',
    ref: refOf(number),
    title: `${wordOf(random, topic[0] ?? 1, language)} ${wordOf(random, topic[1] ?? 1, language)} ${number}`,
    type: random.pick(['text', 'image', 'audio', 'video', 'podcast']),
    creator: { id: `c${number % CREATORS}`, name: creatorOf(number) },
    source: { id: 's1', name: 'Patreon' },
    tags: [`tag${number % 30}`, `topic${number % 700}`],
    lists: number % 4 === 0 ? [`Collection ${number % 200}`] : [],
    statuses: number % 50 === 0 ? ['locked'] : [],
    at: new Date(Date.UTC(2016, 0, 1) + number * 3_600_000),
    stretches: Array.from({ length: 1 + (number % MOST_PARAGRAPHS) }, (_, block) => ({
      part: 'body',
      locator: { at: 'block', block },
      text: paragraphOf(random, language, topic),
    })),
  };
}
