import { describe, expect, test } from 'vitest';
import type { DetectLanguage, Language } from './document.ts';
import { languagesOfHeading } from './stems.ts';

const heading = (told: ReturnType<DetectLanguage>, ...languages: readonly Language[]) =>
  languagesOfHeading(
    'Title',
    languages.map((language) => ({ language })),
    () => told,
  );

describe('the words of a title', () => {
  test('are of its own language and of what is written below it', () => {
    expect(heading('es', 'es', 'es')).toEqual(['es', 'other']);
    expect(heading('en', 'es')).toEqual(['es', 'en', 'other']);
    expect(heading(null, 'en', 'other')).toEqual(['en', 'other']);
  });

  test('may be of any that has stems when nothing tells', () => {
    expect(heading(null)).toEqual(['es', 'en', 'other']);
  });

  test('are found only as they stand when it is of another language', () => {
    expect(heading('other', 'other')).toEqual(['other']);
    expect(heading(null, 'other')).toEqual(['other']);
  });
});
