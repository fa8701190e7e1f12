import type { CreditRow, Language } from './household.ts';
import type { Random } from './random.ts';
import { firstNames, familyNames } from './words.ts';

/** Of people who act, beside the names of the people in the stories. */
const given: Record<Language, readonly string[]> = {
  en: ['Agnes', 'Desmond', 'Harriet', 'Kwame', 'Lorna', 'Piers', 'Rhoda', 'Sunil', 'Thea', 'Winston'],
  es: ['Marta', 'Ignacio', 'Casilda', 'Álvaro', 'Begoña', 'Darío', 'Leonor', 'Nicanor', 'Olalla', 'Ximena'],
};
const family: Record<Language, readonly string[]> = {
  en: ['Abernathy', 'Boateng', 'Carraway', 'Dunmore', 'Eastlake', 'Fairweather', 'Grierson', 'Mbeki-Lowe'],
  es: ['Ferrán', 'Goicoechea', 'Maldonado', 'Ordóñez', 'Peñalver', 'Sarmiento', 'Tejada', 'Villalba'],
};

const parts: Record<Language, readonly string[]> = {
  en: ['The Ferryman', 'Mother Superior', 'Sergeant Pike', 'The Stranger', 'Radio Voice', 'The Twins’ Aunt'],
  es: [
    'El barquero',
    'La madre superiora',
    'Sargento Lobo',
    'La forastera',
    'Voz de la radio',
    'La tía Mercedes',
  ],
};

const nameOf = (random: Random, language: Language): string =>
  `${random.pick([...firstNames[language], ...given[language]])} ${random.pick([...familyNames[language], ...family[language]])}`;

/** One of the few who are in a great many titles, or somebody else. */
const makerOf = (random: Random, language: Language): string =>
  random.chance(0.6)
    ? `${random.pick(given[language])} ${random.pick(family[language])}`
    : nameOf(random, language);

function roleOf(random: Random, language: Language): string {
  if (random.chance(0.2)) return random.pick(parts[language]);
  const first = random.pick(firstNames[language]);
  return random.chance(0.4) ? `${first} ${random.pick(familyNames[language])}` : first;
}

type Wanted = { kind: 'film' | 'show'; language: Language; leads: readonly string[] };

/** Who made a title and who plays in it. The same few people are in several, and some do two things in one. */
export function seedCredits(random: Random, { kind, language, leads }: Wanted): CreditRow[] {
  const maker = makerOf(random, language);
  const writers = Array.from({ length: random.int(1, 2) }, () =>
    random.chance(0.4) ? maker : makerOf(random, language),
  );
  const others = Array.from({ length: random.int(1, 9) }, () => nameOf(random, language));
  const actors = [...new Set([...leads, ...others])];
  return [
    ...actors.map((name, index): CreditRow => ({
      name,
      type: kind === 'show' && index > 5 ? 'GuestStar' : 'Actor',
      role: random.chance(0.95) ? roleOf(random, language) : '',
    })),
    { name: maker, type: 'Director', role: 'Director' },
    ...[...new Set(writers)].map((name): CreditRow => ({ name, type: 'Writer', role: 'Screenplay' })),
    ...(kind === 'show' ? [{ name: maker, type: 'Creator' as const, role: '' }] : []),
    { name: nameOf(random, language), type: 'Producer', role: 'Producer' },
    { name: nameOf(random, language), type: 'Composer', role: 'Original Music Composer' },
  ];
}
