import { known } from '#core/fact.ts';
import type { ItemId } from '#core/ids.ts';
import { playIndex } from '../../core/match-plays.ts';
import type { Match } from '../../core/match.ts';
import { mergePlays, type KnownPlay } from '../../core/plays.ts';
import { seasonId } from '../../core/item.ts';
import type { PlayWriter } from '../plays.ports.ts';
import type { Evidence, LinkSeason, LinkTitle } from '../store.ports.ts';

/** Who played what, by item, as the play sources told. */
export type Plays = {
  of(id: ItemId): readonly KnownPlay[];
  /**
   * Of an episode whose season nobody can tell. It may have been of any of them, so it keeps them all: Jellystat misses
   * season numbers (T-50), and J-36 does the same for everybody.
   */
  ofSomeSeason(show: ItemId): readonly KnownPlay[];
};

/** Every play that a play source told, at the items it was of. */
export async function gatherPlays(
  writer: PlayWriter,
  titles: readonly LinkTitle[],
  matches: ReadonlyMap<ItemId, Match>,
): Promise<Plays> {
  await writer.namePlays();
  const find = playIndex(titles, matches);
  const ofItem = new Map<ItemId, KnownPlay[]>();
  const anySeason = new Map<ItemId, KnownPlay[]>();
  for (const { user, at, source, seasonNumber, ...played } of await writer.titlePlays()) {
    for (const id of find(played)) {
      add(ofItem, id, { user, at, source });
      if (played.kind === 'film') continue;
      if (seasonNumber === null) add(anySeason, id, { user, at, source });
      else add(ofItem, seasonId(id, seasonNumber), { user, at, source });
    }
  }
  return { of: (id) => ofItem.get(id) ?? [], ofSomeSeason: (show) => anySeason.get(show) ?? [] };
}

function add(index: Map<ItemId, KnownPlay[]>, id: ItemId, play: KnownPlay): void {
  const list = index.get(id);
  if (list) list.push(play);
  else index.set(id, [play]);
}

/** The evidence of the media servers with the plays on top. */
export function addPlays(
  rows: readonly Evidence[],
  plays: Plays,
  seasons: readonly LinkSeason[] = [],
): Evidence[] {
  const showOf = new Map(seasons.map(({ id, showId }) => [id, showId]));
  return rows.map((row) => {
    const show = showOf.get(row.id);
    const own = [...plays.of(row.id), ...(show ? plays.ofSomeSeason(show) : [])];
    return row.watchWhy !== null || own.length === 0 ? row : withPlays(row, own);
  });
}

function withPlays(row: Evidence, plays: readonly KnownPlay[]): Evidence {
  const watchers = row.watchers.map(({ lastWatchedAt, ...watcher }) => ({
    ...watcher,
    lastWatchedAt: lastWatchedAt === null ? null : new Date(lastWatchedAt),
  }));
  const merged = mergePlays(known({ lastWatchedAt: row.lastWatchedAt, watchers }), plays);
  if (!merged.known) return row;
  return {
    ...row,
    lastWatchedAt: merged.value.lastWatchedAt,
    watchers: merged.value.watchers.map((watcher) => ({
      ...watcher,
      lastWatchedAt: watcher.lastWatchedAt?.toISOString() ?? null,
    })),
  };
}
