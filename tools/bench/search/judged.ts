import type { Part } from '#features/search/core/document.ts';
import { plain, type Judgeable } from './collection.ts';

/** In which way a query and what it wants differ: each asks something else of a search. */
export const sorts = [
  'keyword',
  'phrase',
  'synonym',
  'question',
  'misspelt',
  'speech',
  'pdf',
  'library',
  'people',
] as const;
export type Sort = (typeof sorts)[number];

/**
 * What a document is recognised by, all of it together. `says` are stretches of its text, word for word; where they
 * stand is told by `within`, else anywhere in it, its title included.
 */
export type Sign = { topic?: string; says?: string | readonly string[]; within?: Part };

/** 3: it has the very thing that was asked for. 2: it is about that, and lacks it. 1: it touches on it. */
export type Grade = 1 | 2 | 3;

export type Judged = {
  text: string;
  sort: Sort;
  language: 'es' | 'en';
  wants: { 3: readonly Sign[]; 2?: readonly Sign[]; 1?: readonly Sign[] };
};

function shows({ topic, said }: Judgeable, sign: Sign): boolean {
  if (sign.topic !== undefined && sign.topic !== topic) return false;
  const text = said.get(sign.within ?? 'anywhere') ?? '';
  return [sign.says ?? []].flat().every((words) => text.includes(plain(words)));
}

/** The best grade that a document has a sign of, by its id; what has none is no answer. */
export function gradesOf({ wants }: Judged, all: readonly Judgeable[]): ReadonlyMap<string, Grade> {
  const gradeOf = (one: Judgeable): Grade | null =>
    ([3, 2, 1] as const).find((grade) => wants[grade]?.some((sign) => shows(one, sign))) ?? null;
  return new Map(
    all.flatMap((one): [string, Grade][] => {
      const grade = gradeOf(one);
      return grade === null ? [] : [[one.document.ref, grade]];
    }),
  );
}
