import { known, unknown, type Fact } from '#core/fact.ts';
import { isMediaServer } from '#features/connections/core/connection.ts';
import {
  trusted,
  trustPlaying,
  trustRequests,
  trustWatch,
  type FreshnessLimits,
  type Trust,
} from '../core/freshness.ts';
import type { Item } from '../core/item.ts';
import { unionOfNames } from '../core/people.ts';
import { neverRead } from '../core/source.ts';
import type { Clock, SourceList } from './ports.ts';
import type { LibraryReader, SourceRow } from './store.ports.ts';

export type ServersDeps = { reader: Pick<LibraryReader, 'sources'>; sourceList: SourceList; clock: Clock };

/** The servers whose word on titles counts, and for how long it does. */
export function createServers({ reader, sourceList, clock }: ServersDeps, limits: FreshnessLimits) {
  /** One that is switched on and was never read counts as much as one that was. */
  async function list(): Promise<{ media: SourceRow[]; request: SourceRow[] }> {
    const [connections, rows] = await Promise.all([sourceList(), reader.sources()]);
    const all = connections.map(
      (one): SourceRow =>
        rows.find((row) => row.connectionId === one.id) ?? { ...neverRead(one), ...toldNothing },
    );
    return {
      media: all.filter(({ kind }) => isMediaServer(kind)),
      request: all.filter(({ kind }) => kind === 'seerr'),
    };
  }

  return {
    list,

    /** Takes away what is too old to decide on: asked anew for every reading, so that no plan uses stale evidence. */
    async trust(): Promise<(item: Item) => Item> {
      const { media, request } = await list();
      const now = clock.now();
      const word: Trust = {
        watch: trustWatch(media, now, limits.watchHours),
        playing: trustPlaying(media, now, limits.playingMinutes),
        requests: trustRequests(request, now, limits.watchHours),
      };
      return (item) => trusted(item, word);
    },

    /**
     * Everybody who can sign in at any media server, each once: who "everybody has watched it" means. Unknown when one
     * of them was not read well, or told nobody: a person left out would not be waited for.
     */
    async mediaUsers(): Promise<Fact<readonly string[]>> {
      const { media } = await list();
      const told = trustWatch(media, clock.now(), limits.watchHours);
      if (!told.known) return told;
      if (media.some(({ users }) => users.length === 0)) return unknown('media-server-stale');
      return known(unionOfNames(media.map(({ users }) => users)));
    },
  };
}

const toldNothing = { playing: [], playingReadAt: null, users: [] };
