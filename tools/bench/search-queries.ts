import { createRandom, type Random } from '../seed/random.ts';
import { CREATORS, documentOf, FREQUENT, wordOf, type Spoken } from './search-corpus.ts';

const EACH = 30;

/** Of a hundred thousand passages a usual word stands in one to nine thousand, a rare one in a few to a hundred. */
const usual = (random: Random, language: Spoken) => wordOf(random, random.int(50, 500), language);
const rare = (random: Random, language: Spoken) => wordOf(random, random.int(3_000, 29_000), language);

function phraseOf(random: Random, documents: number): string {
  const words = documentOf(random.int(0, documents - 1)).stretches[0]?.text.split(' ') ?? [];
  const from = random.int(0, 10);
  return words.slice(from, from + 3).join(' ');
}

/** A letter too few, where nobody's eye stops. */
const misspelt = (word: string): string => word.slice(0, 3) + word.slice(4);

const kinds: Record<string, (random: Random, language: Spoken, documents: number) => string> = {
  'rare word': (random, language) => rare(random, language),
  'usual word': (random, language) => usual(random, language),
  'word in half of all': () => FREQUENT,
  'two words': (random, language) => `${usual(random, language)} ${usual(random, language)}`,
  'four words, one in half of all': (random, language) =>
    `${usual(random, language)} ${FREQUENT} ${rare(random, language)} ${usual(random, language)}`,
  'question of ten words': (random, language) =>
    [
      ...(language === 'es' ? ['cómo', 'es', 'que', 'la'] : ['how', 'is', 'it', 'that']),
      ...Array.from({ length: 6 }, () => (random.chance(0.7) ? usual : rare)(random, language)),
    ].join(' '),
  phrase: (random, _language, documents) => `"${phraseOf(random, documents)}"`,
  '-without': (random, language) => `${usual(random, language)} -${FREQUENT}`,
  'begun word': (random, language) => `${usual(random, language).slice(0, 4)}*`,
  'word of a creator': (random, language) =>
    `${usual(random, language)} creator:"creator ${random.int(1, CREATORS)}"`,
  'word in half of all, with a tag': (random) => `${FREQUENT} tag:topic${random.int(0, 699)}`,
  'misspelt word': (random, language) => misspelt(usual(random, language)),
};

/** What people type, by kinds; the same each time. */
export const queriesOf = (documents: number): { kind: string; texts: string[] }[] =>
  Object.entries(kinds).map(([kind, make]) => {
    const random = createRandom(7).fork(kind);
    return {
      kind,
      texts: Array.from({ length: EACH }, (_, index) =>
        make(random, index % 2 === 0 ? 'es' : 'en', documents),
      ),
    };
  });

/** Letter by letter, alone and behind another word. */
export function typedTexts(): string[] {
  const random = createRandom(11);
  return Array.from({ length: 10 }, (_, index) => {
    const language = index % 2 === 0 ? 'es' : 'en';
    const text = `${index % 3 === 0 ? `${usual(random, language)} ` : ''}${usual(random, language)}`;
    return [1, 2, 3, 4, 5].map((letters) => text.slice(0, text.lastIndexOf(' ') + 1 + letters));
  }).flat();
}
