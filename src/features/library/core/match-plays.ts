import type { ConnectionId, ItemId } from '#core/ids.ts';
import type { CatalogueTitle, Match, MediaIds } from './match.ts';

/** Which film or show a play was of, as far as its source can tell. */
export type PlayedTitle = {
  kind: 'film' | 'show';
  /** The media server that gave the id; null when the source does not say which one it watches. */
  serverId: ConnectionId | null;
  /** Of the film or the show, there. */
  externalId: string | null;
  ids: MediaIds;
  title: string | null;
  year: number | null;
};

export type NamedTitle = CatalogueTitle & { title: string; year: number | null };

/** Services count a film of the turn of the year to one or the other. */
const YEARS_APART = 1;

/**
 * Finds the titles that a play protects. The media server's own id decides; where that id is gone, because the library was
 * built anew (T-26), any provider id, and then title and year. What fits two titles protects both: a wrong guess here keeps
 * one film too long, and no guess would let one go.
 */
export function playIndex(
  titles: readonly NamedTitle[],
  matches: ReadonlyMap<ItemId, Match>,
): (played: PlayedTitle) => readonly ItemId[] {
  const byServer = new Map<string, ItemId[]>();
  const byAnyServer = new Map<string, ItemId[]>();
  const byIds = new Map<string, ItemId[]>();
  const byName = new Map<string, NamedTitle[]>();
  for (const title of titles) {
    for (const key of matches.get(title.id)?.keys ?? []) {
      add(byServer, key, title.id);
      add(byAnyServer, key.slice(key.indexOf(':') + 1), title.id);
    }
    for (const key of idKeys(title)) add(byIds, key, title.id);
    add(byName, `${title.kind} ${plain(title.title)}`, title);
  }

  const byExternalId = ({ serverId, externalId }: PlayedTitle): readonly ItemId[] => {
    if (externalId === null) return [];
    const found = serverId ? byServer.get(`${serverId}:${externalId}`) : byAnyServer.get(externalId);
    return found ?? [];
  };
  const byTitle = ({ kind, title, year }: PlayedTitle): readonly ItemId[] =>
    title === null ? [] : sameYear(byName.get(`${kind} ${plain(title)}`) ?? [], year).map(({ id }) => id);

  return (played) => {
    const own = byExternalId(played);
    if (own.length > 0) return own;
    const same = [...new Set(idKeys(played).flatMap((key) => byIds.get(key) ?? []))];
    return same.length > 0 ? same : byTitle(played);
  };
}

/** Without a year, a name that two different titles bear says nothing of either. */
function sameYear(titles: readonly NamedTitle[], year: number | null): readonly NamedTitle[] {
  if (year === null) return new Set(titles.map((title) => title.year)).size === 1 ? titles : [];
  return titles.filter((title) => title.year === null || Math.abs(title.year - year) <= YEARS_APART);
}

/** Letters and digits only: one service writes "Amélie: 20 years", the next "Amelie - 20 Years". */
const plain = (title: string): string =>
  title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

const idKeys = ({ kind, ids }: { kind: string; ids: MediaIds }): string[] =>
  Object.entries(ids).flatMap(([name, id]) => (id === null ? [] : [`${kind} ${name} ${id}`]));

function add<T>(index: Map<string, T[]>, key: string, value: T): void {
  const list = index.get(key);
  if (list) list.push(value);
  else index.set(key, [value]);
}
