/** In the order they are told. */
export const creditParts = ['creator', 'director', 'writer', 'actor'] as const;
export type CreditPart = (typeof creditParts)[number];

/** What one person did for a film or show. */
export type Credit = {
  name: string;
  part: CreditPart;
  /** Whom an actor plays; null when nobody said. */
  role: string | null;
};

/** Of a popular film there are two hundred. Those whom somebody would look for come first. */
const MOST_ACTORS = 15;
/** A show of ten years has dozens of writers. */
const MOST_MAKERS = 4;
const MOST_CHARACTERS = 120;

const tidy = (text: string): string =>
  text
    .replaceAll(/[\s\0]+/g, ' ')
    .trim()
    .slice(0, MOST_CHARACTERS)
    .toWellFormed();

/** What is kept of all that a service told: the first few of each part, a person once in each. */
export function keptCredits(told: readonly Credit[]): Credit[] {
  const tidied = told
    .map(({ name, part, role }) => ({ name: tidy(name), part, role: tidy(role ?? '') || null }))
    .filter(({ name }) => name !== '');
  return creditParts.flatMap((part) =>
    eachOnce(tidied.filter((credit) => credit.part === part)).slice(
      0,
      part === 'actor' ? MOST_ACTORS : MOST_MAKERS,
    ),
  );
}

/** Who plays two people is one actor with both roles. */
const eachOnce = (credits: readonly Credit[]): Credit[] =>
  [...Map.groupBy(credits, ({ name }) => name).values()].flatMap((same) =>
    same.slice(0, 1).map((credit) => ({ ...credit, role: rolesOf(same) })),
  );

const rolesOf = (same: readonly Credit[]): string | null =>
  [...new Set(same.flatMap(({ role }) => role ?? []))].join(' / ') || null;
