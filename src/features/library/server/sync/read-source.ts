import type { Result } from '#core/result.ts';
import type { SyncProblem } from '../../core/source.ts';
import type { Clock, SourceList, Sources } from '../ports.ts';
import type { SyncWriter } from '../store.ports.ts';
import { readFilms, readShows, type CatalogueRead, type ReadContext, type SourceRead } from './catalogue.ts';
import { guard } from './drain.ts';
import { readMedia, type MediaRead } from './media.ts';
import { readPlays } from './plays.ts';
import { readRequests } from './requests.ts';

type Listed = Awaited<ReturnType<SourceList>>[number];
type Context = ReadContext & { writer: SyncWriter };
export type Read = SourceRead &
  Partial<Pick<CatalogueRead, 'storage'> & Pick<MediaRead, 'playing' | 'users'>>;

/** Reads one service, each kind in its way. */
export function createSourceReader({ sources, clock }: { sources: Sources; clock: Clock }) {
  /** What the plug-in of a media server counted. It says itself how that went, and never makes the server's own word less. */
  async function readPlugIn({ id }: Listed, { writer, report }: Pick<Context, 'writer' | 'report'>) {
    const client = await open(() => sources.playSource(id));
    const from = { connectionId: id };
    if (client.ok)
      await readPlays(client.value, { writer, from, report, isOwnServer: true, now: clock.now() });
  }

  async function readSource(source: Listed, context: Context): Promise<Result<Read, SyncProblem>> {
    switch (source.kind) {
      case 'radarr': {
        const client = await open(() => sources.filmCatalogue(source.id));
        return client.ok ? readFilms(client.value, context) : client;
      }
      case 'sonarr': {
        const client = await open(() => sources.showCatalogue(source.id));
        return client.ok ? readShows(client.value, context) : client;
      }
      case 'jellyfin':
      case 'emby': {
        const client = await open(() => sources.watchServer(source.id));
        return client.ok ? readMedia(client.value, context) : client;
      }
      case 'jellystat':
      case 'streamystats':
      case 'tautulli': {
        const client = await open(() => sources.playSource(source.id));
        const { writer, from, report } = context;
        return client.ok
          ? readPlays(client.value, { writer, from, report, isOwnServer: false, now: clock.now() })
          : client;
      }
      case 'seerr': {
        const client = await open(() => sources.requestServer(source.id));
        return client.ok ? readRequests(client.value, context) : client;
      }
      case 'qbittorrent':
      case 'transmission':
      case 'deluge':
        throw new Error(`The library is not read from ${source.kind}`); // they are not in its list of sources
    }
  }

  return { readSource, readPlugIn };
}

const open = <T>(client: () => Promise<T>) =>
  guard<T>('connection', async () => ({ ok: true, value: await client() }));
