import type { SearchDocument } from './document.ts';

/** What the library tells of a film or a show. */
export type ItemWords = {
  id: string;
  kind: string;
  title: string;
  year: number | null;
  overview: string | null;
  genres: readonly string[];
  tags: readonly string[];
};

export const documentOfItem = ({
  id,
  kind,
  title,
  year,
  overview,
  genres,
  tags,
}: ItemWords): SearchDocument => ({
  kind: 'item',
  ref: id,
  title: year === null ? title : `${title} (${year})`,
  type: kind,
  creator: null,
  source: null,
  tags: [...tags, ...genres],
  lists: [],
  statuses: [],
  at: year === null ? null : new Date(Date.UTC(year, 0, 1)),
  stretches: [{ part: 'library', locator: { at: 'start' }, text: overview ?? '' }],
});
