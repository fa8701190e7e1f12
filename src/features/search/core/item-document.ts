import type { Credit } from '#features/library/core/credits.ts';
import { otherTitle } from '#features/library/core/other-title.ts';
import type { Part, SearchDocument, Stretch } from './document.ts';

/** What the library tells of a film or a show. */
export type ItemWords = {
  id: string;
  kind: string;
  title: string;
  originalTitle: string | null;
  year: number | null;
  overview: string | null;
  genres: readonly string[];
  tags: readonly string[];
  /** None while nobody has told who made it. */
  credits: readonly Credit[];
};

export const documentOfItem = (item: ItemWords): SearchDocument => ({
  kind: 'item',
  ref: item.id,
  title: nameOf(item),
  type: item.kind,
  creator: null,
  source: null,
  tags: [...item.tags, ...item.genres],
  lists: [],
  statuses: [],
  at: item.year === null ? null : new Date(Date.UTC(item.year, 0, 1)),
  stretches: [stretch('library', item.overview ?? ''), ...namesOf(item.credits)],
});

/** Both titles: whoever looks for one of them sees it, and sees what it is called here. */
function nameOf({ title, originalTitle, year }: ItemWords): string {
  const other = otherTitle(title, originalTitle);
  const name = other === null ? title : `${title} · ${other}`;
  return year === null ? name : `${name} (${year})`;
}

const stretch = (part: Part, text: string): Stretch => ({ part, locator: { at: 'start' }, text });

/** "Marta Ferrán (Inés), Bruno Robles": so that it reads the same in every language. */
function namesOf(credits: readonly Credit[]): Stretch[] {
  const makers = new Set(credits.filter(({ part }) => part !== 'actor').map(({ name }) => name));
  const actors = credits
    .filter(({ part }) => part === 'actor')
    .map(({ name, role }) => (role === null ? name : `${name} (${role})`));
  return [stretch('cast', actors.join(', ')), stretch('makers', [...makers].join(', '))].filter(
    ({ text }) => text !== '',
  );
}
