import { known, type Fact } from '#core/fact.ts';
import type { ConnectionId, ItemId } from '#core/ids.ts';
import { isMediaServer, type ServiceKind } from '#features/connections/core/connection.ts';
import { isFresh } from '#features/library/core/freshness.ts';
import type { Item } from '#features/library/core/item.ts';
import { neverRead } from '#features/library/core/source.ts';
import type { LibraryService } from '#features/library/server/index.ts';
import type { MediaStore, PlanningLibrary } from './planning.ports.ts';
import type { Clock } from '../execution/runs.ports.ts';

/** Who plays what is asked again when the last answer is older than this. */
const PLAYING_FRESH_MS = 60_000;
/** So is how full the disks are, before a plan that may be carried out: the run before has freed space since. */
const SPACE_FRESH_MS = 60_000;

export type PlanningLibraryDeps = {
  library: Pick<
    LibraryService,
    'readItems' | 'episodeItems' | 'mediaUsers' | 'disks' | 'sources' | 'refreshPlaying'
  > & {
    findItem(id: ItemId): Promise<{ item: Item; seasons: readonly Item[] } | null>;
  };
  media: Pick<MediaStore, 'choices'>;
  /** The connections that are switched on. */
  sourceList: () => Promise<readonly { id: ConnectionId; kind: ServiceKind; name: string }[]>;
  /** Every label of every Radarr and Sonarr, asked there: one that nothing carries yet is in no library row. */
  askTags: () => Promise<Fact<readonly string[]>>;
  measureDisks: () => Promise<void>;
  clock: Clock;
};

export function createPlanningLibrary(deps: PlanningLibraryDeps): PlanningLibrary {
  const { library, media, sourceList, askTags, measureDisks, clock } = deps;

  /** When it fails, the library says `unknown` of who plays what, and nothing is removed. */
  async function refreshPlaying(): Promise<void> {
    const now = clock.now();
    const stale = (await library.sources()).some(
      ({ kind, playingReadAt }) => isMediaServer(kind) && !isFresh(playingReadAt, now, PLAYING_FRESH_MS),
    );
    if (stale) await library.refreshPlaying();
  }

  async function episodesOf(shows: Parameters<LibraryService['episodeItems']>[0]): Promise<Item[]> {
    const items: Item[] = [];
    for await (const batch of library.episodeItems(shows)) items.push(...batch);
    return items;
  }

  return {
    async items() {
      await refreshPlaying();
      const items: Item[] = [];
      for await (const batch of library.readItems()) items.push(...batch);
      return items;
    },

    async family(id) {
      await refreshPlaying();
      const found = await library.findItem(id);
      if (!found) return [];
      const { item, seasons } = found;
      if (item.showId === null) return [item, ...seasons];
      const show = await library.findItem(item.showId);
      if (!show) return [item];
      const family = [show.item, ...show.seasons];
      return item.kind === 'episode' ? [...family, ...(await episodesOf([item.showId]))] : family;
    },

    disks: () => library.disks(),
    mediaUsers: () => library.mediaUsers(),

    async episodes(shows) {
      const items = [...(await episodesOf(shows.ids)), ...(await episodesOf({ tags: shows.tags }))];
      return [...new Map(items.map((item) => [item.id, item])).values()];
    },

    async measureDisks() {
      const now = clock.now();
      const disks = await library.disks();
      if (disks.some(({ readAt }) => !isFresh(readAt, now, SPACE_FRESH_MS))) await measureDisks();
    },

    async sources() {
      const [list, rows] = await Promise.all([sourceList(), library.sources()]);
      return list.map((one) => rows.find((row) => row.connectionId === one.id) ?? neverRead(one));
    },

    async knownTags() {
      const [{ tags }, asked] = await Promise.all([media.choices(), askTags()]);
      return asked.known ? known([...new Set([...asked.value, ...tags])]) : asked;
    },
  };
}
