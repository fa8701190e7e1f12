import type { ItemId } from '#core/ids.ts';
import { ok, type Result } from '#core/result.ts';
import { isMediaServer, isPlaySource } from '#features/connections/core/connection.ts';
import { usualLimits, type FreshnessLimits } from '../core/freshness.ts';
import { episodeOf, type Item } from '../core/item.ts';
import type { ReadProblem } from '../core/source.ts';
import type { Sources } from './ports.ts';
import type { PlayRead } from './plays.ports.ts';
import { createServers } from './servers.ts';
import type { ItemDetails, LibraryReader, ShowChoice, SourceRow } from './store.ports.ts';
import { guard } from './sync/drain.ts';
import { createSyncRuns, type SyncRunsDeps } from './sync-runs.service.ts';

export type LibraryDeps = SyncRunsDeps & { reader: LibraryReader; sources: Pick<Sources, 'watchServer'> };

export type LibraryService = ReturnType<typeof createLibraryService>;

export function createLibraryService(deps: LibraryDeps, limits: FreshnessLimits = usualLimits) {
  const { reader, sources, clock } = deps;
  const servers = createServers(deps, limits);

  return {
    ...createSyncRuns(deps),

    /** Every film, show and season, for the planner. */
    async *readItems(): AsyncGenerator<Item[]> {
      const judge = await servers.trust();
      for await (const batch of reader.readItems()) yield batch.map(judge);
    },

    /** The episode files of some shows, with all that is known of each (T-05); nobody holds those of a whole library. */
    async *episodeItems(shows: ShowChoice): AsyncGenerator<Item[]> {
      const judge = await servers.trust();
      for await (const batch of reader.episodeItems(shows)) yield batch.map(judge);
    },

    showStates: (shows: readonly ItemId[]) => reader.showStates(shows, clock.now()),

    /** With how old the word of each service is. */
    async findItem(
      id: ItemId,
    ): Promise<(ItemDetails & { sources: SourceRow[]; playReads: PlayRead[] }) | null> {
      const file = episodeOf(id);
      const found = file ? await reader.findEpisode(file) : await reader.findItem(id);
      if (!found) return null;
      const [judge, rows, playReads] = await Promise.all([
        servers.trust(),
        reader.sources(),
        reader.playReads(),
      ]);
      const asked = rows.filter(
        (row) => row.connectionId === found.item.connectionId || tellsOfItems(row.kind),
      );
      return {
        ...found,
        item: judge(found.item),
        seasons: found.seasons.map(judge),
        sources: asked,
        playReads,
      };
    },

    mediaUsers: servers.mediaUsers,
    totals: () => reader.totals(),
    titlesWithin: (ownPath: string) => reader.titlesWithin(ownPath),
    disks: () => reader.disks(),
    diskReadings: (since: Date) => reader.diskReadings(since),
    sources: () => reader.sources(),
    playReads: () => reader.playReads(),
    forget: (ids: readonly ItemId[]) => reader.forget(ids),

    /** Asks every media server who plays what at this moment: cheap, and due before a plan is made or carried out. */
    async refreshPlaying(): Promise<Result<void, ReadProblem>> {
      for (const { connectionId } of (await servers.list()).media) {
        const told = await guard('sessions', async () => (await sources.watchServer(connectionId)).playing());
        if (!told.ok) return told;
        const ids = told.value.map((play) => play.mediaExternalId);
        await reader.savePlaying(connectionId, ids, clock.now());
      }
      return ok(undefined);
    },
  };
}

/** Whose word is about titles that another service holds. */
const tellsOfItems = (kind: SourceRow['kind']): boolean =>
  isMediaServer(kind) || isPlaySource(kind) || kind === 'seerr';
