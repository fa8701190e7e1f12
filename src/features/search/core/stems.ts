import type { DetectLanguage, Language, Passage } from './document.ts';

/**
 * In the index each stem begins with the letter of its language, or Spanish "lámpara", whose stem is "lamp", would find
 * English lamps. A word is asked for by its stem in each language, so it is found wherever it stands as it was typed, and
 * its other forms in texts of the language that has them.
 */
export const LETTERS: Readonly<Record<Language, string>> = { es: 's', en: 'e', other: 'o' };

/**
 * By which stems the words of a title are found, as they stand aside. A title is too short to tell its language, so what is
 * written below it tells it too; when nothing does, it may be either.
 */
export function languagesOfHeading(
  title: string,
  passages: readonly Pick<Passage, 'language'>[],
  detect: DetectLanguage,
): Language[] {
  const told = new Set([...passages.map(({ language }) => language), detect(title)]);
  const stemmed = (['es', 'en'] as const).filter((language) => told.has(language));
  return stemmed.length > 0 || told.has('other') ? [...stemmed, 'other'] : ['es', 'en', 'other'];
}
