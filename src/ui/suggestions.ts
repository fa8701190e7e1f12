/** What `/api/v1/search/suggest` answers, as far as the field shows it. */
export type Suggested = {
  titles: readonly { kind: 'post' | 'item'; id: string; title: string; href: string }[];
  words: readonly string[];
};

export type Suggestion = { id: string; href: string; text: string; kind: 'post' | 'item' | 'query' };

const LAST_WORD = /[\p{L}\p{N}\p{M}]+$/u;

/** Titles lead straight there; a word completes what is typed, and is searched with everything before it. */
export function suggestionsFor(typed: string, { titles, words }: Suggested): Suggestion[] {
  const queries = LAST_WORD.test(typed) ? words.map((word) => typed.replace(LAST_WORD, () => word)) : [];
  return [
    ...queries.map((text) => ({
      id: `query-${text}`,
      href: `/search?${new URLSearchParams({ q: text }).toString()}`,
      text,
      kind: 'query' as const,
    })),
    ...titles.map(({ kind, id, title, href }) => ({ id: `${kind}-${id}`, href, text: title, kind })),
  ];
}

/** The number of the suggestion that a key leads to; -1 is the field itself, between the last and the first. */
export function moved(active: number, by: 1 | -1, count: number): number {
  return ((active + 1 + by + count + 1) % (count + 1)) - 1;
}
