import { known, unknown, type Fact } from '#core/fact.ts';
import type { ConnectionId } from '#core/ids.ts';
import type { RecycleBin } from '../../core/removal/title-settings.ts';
import type { Restorers } from '../ports.ts';

export type BinFact = { connectionId: ConnectionId; name: string; bin: Fact<RecycleBin | null> };

type Connections = () => Promise<
  readonly { id: ConnectionId; kind: string; name: string; enabled: boolean }[]
>;

/**
 * Which services only move what they delete. Asked when a page says what deleting would cost: it is one small call, and a
 * bin that was switched on an hour ago makes all the difference to the space.
 */
export function createRecycleBinService(restorers: Restorers, connections: Connections) {
  async function binOf(id: ConnectionId): Promise<Fact<RecycleBin | null>> {
    const restorer = await restorers(id);
    if (restorer === null) return unknown('connection-missing');
    const bin = await restorer.recycleBin();
    return bin.ok ? known(bin.value) : unknown('recycle-bin-not-read');
  }

  return {
    /** Of these connections, or of every Radarr and Sonarr when none is named, those that have a bin or could not be asked. */
    async bins(ids: readonly ConnectionId[] = []): Promise<BinFact[]> {
      const asked = (await connections()).filter(
        ({ id, kind, enabled }) =>
          enabled && (kind === 'radarr' || kind === 'sonarr') && (ids.length === 0 || ids.includes(id)),
      );
      const facts = await Promise.all(
        asked.map(async ({ id, name }) => ({ connectionId: id, name, bin: await binOf(id) })),
      );
      return facts.filter(({ bin }) => !bin.known || bin.value !== null);
    },
  };
}
