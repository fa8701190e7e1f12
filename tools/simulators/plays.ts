import type { Household, JellyfinHouse, MediaRow, Title } from '../seed/household.ts';

/** One time that somebody pressed play, as every program that counts plays would have written it down. */
export type PlayRow = {
  id: number;
  userId: string;
  userName: string;
  itemId: string;
  at: string;
  seconds: number;
};

/** What the marks of a media server tell of: the last time of each person, in the order in which it happened. */
export function playsOf(
  { people, titles }: Pick<Household, 'people' | 'titles'>,
  { items, marks }: Pick<JellyfinHouse, 'items' | 'marks'>,
): PlayRow[] {
  const known = new Map(items.map((item) => [item.id, item]));
  const plays = people.flatMap(({ userId, name: userName }) =>
    Object.entries(marks[userId] ?? {}).flatMap(([itemId, { lastAt, played }]) => {
      const item = known.get(itemId);
      if (lastAt === null || !item || (item.kind !== 'Movie' && item.kind !== 'Episode')) return [];
      const minutes = titleOf(titles, item)?.runtime ?? 40;
      return [{ id: 0, userId, userName, itemId, at: lastAt, seconds: played ? minutes * 60 : minutes * 20 }];
    }),
  );
  plays.sort((a, b) => (a.at < b.at ? -1 : 1));
  return plays.map((play, index) => ({ ...play, id: index + 1 }));
}

export const titleOf = (
  titles: Record<string, Title>,
  { title }: Pick<MediaRow, 'title'>,
): Title | undefined => (title === null ? undefined : titles[title]);
