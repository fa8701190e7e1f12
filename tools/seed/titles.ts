import { seedCredits } from './credits.ts';
import type { Language, Title } from './household.ts';
import { genres, writeOverview, type Genre } from './overviews.ts';
import type { Random } from './random.ts';
import { adjectives, familyNames, firstNames, places, possessors, studios, things } from './words.ts';

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

type Pattern = (random: Random) => string;

const patterns: Record<Language, readonly Pattern[]> = {
  en: [
    (r) => `The ${r.pick(things.en)[1]} of ${r.pick(places.en)}`,
    (r) => `The ${r.pick(possessors)}'s ${r.pick(adjectives)} ${r.pick(things.en)[0]}`,
    (r) => `${r.pick(firstNames.en)} and the ${r.pick(adjectives)} ${r.pick(things.en)[0]}`,
    (r) => `${String(r.int(3, 19))} ${r.pick(things.en)[1]} from ${r.pick(places.en)}`,
    (r) => `${r.pick(adjectives)} ${r.pick(things.en)[1]}, ${r.pick(adjectives)} ${r.pick(things.en)[0]}`,
    (r) => `Last ${r.pick(things.en)[0]} to ${r.pick(places.en)}`,
    (r) => `A ${r.pick(things.en)[0]} for ${r.pick(firstNames.en)} ${r.pick(familyNames.en)}`,
  ],
  es: [
    (r) => capital(`${r.pick(things.es)[0]} de ${r.pick(places.es)}`),
    (r) => capital(`${r.pick(things.es)[1]} de ${r.pick(firstNames.es)} ${r.pick(familyNames.es)}`),
    (r) => `${r.pick(firstNames.es)} y ${r.pick(things.es)[0]} de ${r.pick(places.es)}`,
    (r) => `Bajo ${r.pick(things.es)[0]} de ${r.pick(places.es)}`,
    (r) =>
      `${r.pick(places.es)}, ${String(r.int(3, 19))} de ${r.pick(['enero', 'abril', 'junio', 'octubre', 'noviembre'])}`,
    (r) => `Donde duermen ${r.pick(things.es)[1]}${r.chance(0.5) ? ` de ${r.pick(places.es)}` : ''}`,
    (r) => `Todo sobre ${r.pick(firstNames.es)} ${r.pick(familyNames.es)}`,
  ],
};

const numerals = ['II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X'];

/** A name nobody has yet: a sequel when chance repeats itself. */
function freshName(random: Random, language: Language, taken: Set<string>): string {
  let name = '';
  for (let attempt = 0; attempt < 6; attempt += 1) {
    name = random.pick(patterns[language])(random);
    if (!taken.has(name)) break;
  }
  for (let sequel = 0, base = name; taken.has(name); sequel += 1) {
    name = `${base} ${numerals[sequel] ?? String(sequel + 2)}`;
  }
  taken.add(name);
  return name;
}

/** Some of what is told in one language was made in the other. */
function originalName(random: Random, language: Language): string | null {
  if (!random.chance(0.25)) return null;
  return random.pick(patterns[language === 'es' ? 'en' : 'es'])(random);
}

export const sortName = (name: string): string =>
  name.toLowerCase().replace(/^(the|a|an|el|la|los|las) /, '');

const certifications = ['G', 'PG', 'PG-13', 'R', 'NR'] as const;

/** Makes titles one after the other; ids start above everything that TMDB, TVDB and IMDb have given out. */
export function createTitles(random: Random, now: Date) {
  const taken = new Set<string>();
  let count = 0;
  return (kind: Title['kind']): Title => {
    count += 1;
    const language: Language = random.chance(0.45) ? 'es' : 'en';
    const genre: Genre = random.pick(genres);
    const more = random.sample(
      genres.filter((other) => other !== genre),
      random.int(0, 2),
    );
    const name = freshName(random, language, taken);
    const lastYear = now.getUTCFullYear();
    const year = Math.max(1958, lastYear - Math.floor(random.next() ** 2 * 60));
    const tmdbId = 3_000_000 + count * 7;
    const tvdbId = 900_000 + count * 3;
    return {
      key: kind === 'film' ? `film:${String(tmdbId)}` : `show:${String(tvdbId)}`,
      kind,
      name,
      sortName: sortName(name),
      originalName: originalName(random.fork(`original ${String(count)}`), language),
      language,
      year,
      overview: writeOverview(random, genre, language),
      genres: [genre, ...more],
      rating: Math.round((4 + random.next() * 5) * 10) / 10,
      votes: random.int(40, 90_000),
      runtime: kind === 'film' ? random.int(78, 168) : random.pick([22, 24, 30, 42, 48, 55, 60]),
      certification: random.pick(certifications),
      studio: random.pick(studios),
      credits: seedCredits(random.fork(`credits ${String(count)}`), {
        kind,
        language,
        leads: Array.from(
          { length: 4 },
          () => `${random.pick(firstNames[language])} ${random.pick(familyNames[language])}`,
        ),
      }),
      tmdbId,
      tvdbId,
      imdbId: `tt9${String(count).padStart(7, '0')}`,
      releasedAt: releaseDate(random, year, now),
      popularity: Math.round(random.next() * 9000) / 100,
      collection: null,
    };
  };
}

function releaseDate(random: Random, year: number, now: Date): string {
  const day = Date.UTC(year, random.int(0, 11), random.int(1, 28));
  return new Date(Math.min(day, now.getTime() - 40 * 86_400_000)).toISOString().replace(/\.\d+Z$/, 'Z');
}
