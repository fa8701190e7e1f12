import type { ItemId } from '#core/ids.ts';
import { err, type Result } from '#core/result.ts';
import { honestBytes, isHeldByOthers, type DoomedFile } from '../../core/removal/honest-bytes.ts';
import type { RemovalTarget } from '../../core/removal/saga-draft.ts';
import type { SeenTorrent } from '../../core/removal/torrent.ts';
import type { ConnectedTorrentClient, Managers, StepProblem, TorrentClient } from '../ports.ts';
import type { Clock, Pause, RemovalLibrary } from './runs.ports.ts';
import { createTorrentLook, type TorrentLookDeps, type Wanted } from './torrents.look.ts';
import type { HonestBytesOf } from './torrents.ports.ts';

export type HonestBytesDeps = TorrentLookDeps & {
  library: Pick<RemovalLibrary, 'targets'>;
  managers: Pick<Managers, 'torrentClients'>;
  time: Clock & { pause: Pause };
};

export type HonestBytesService = ReturnType<typeof createHonestBytes>;

/** What a person looks at on one page; never a whole plan of thousands. */
export const MOST_ITEMS = 200;
/** A page does not wait longer for a torrent client; what it holds is then held by somebody unknown. */
const PATIENCE_MS = 6_000;

/** C-13: what removing items would free, looked at on the disks when somebody asks. */
export function createHonestBytes(deps: HonestBytesDeps) {
  const { library, managers, ownPaths, lookAt, time } = deps;
  const look = createTorrentLook(deps);
  const remembered = rememberTorrents(time);

  async function filesOf({ connectionId, files }: RemovalTarget): Promise<DoomedFile[]> {
    const paths = await ownPaths.ofConnection(
      connectionId,
      files.map((file) => file.path),
    );
    return Promise.all(
      files.map(async ({ sizeBytes }, index) => {
        const path = paths[index] ?? '';
        return { path, sizeBytes, sight: await lookAt(path) };
      }),
    );
  }

  async function inTime<T>(work: Promise<Result<T, StepProblem>>): Promise<Result<T, StepProblem>> {
    const done = new AbortController();
    const late = time
      .pause(PATIENCE_MS, done.signal)
      .then((): Result<T, StepProblem> => err({ code: 'step.unreachable', reason: 'timed out' }));
    return Promise.race([work, late]).finally(() => done.abort());
  }

  async function torrentsFor(files: readonly DoomedFile[]) {
    const wanted: Wanted = {
      paths: files.map((file) => file.path),
      sizes: files.map((file) => file.sizeBytes),
      hashes: [],
    };
    const clients = (await managers.torrentClients?.()) ?? [];
    const told = await Promise.all(clients.map(async (one) => inTime(look.read(remembered(one), wanted))));
    const silent = clients.flatMap(({ name }, index) => (told[index]?.ok === true ? [] : [name]));
    const torrents = await look.look(
      told.flatMap((one) => (one.ok ? one.value : [])),
      wanted,
    );
    return { torrents, silent };
  }

  /** Of at most `MOST_ITEMS`; what the library does not know is left out. */
  return async (ids: readonly ItemId[]): Promise<HonestBytesOf> => {
    const targets = await library.targets([...new Set(ids)].slice(0, MOST_ITEMS));
    const each = new Map<ItemId, DoomedFile[]>();
    for (const target of targets) each.set(target.itemId, await filesOf(target));
    const all = [...each.values()].flat();
    const isHeld = [...each.values()].some(isHeldByOthers);
    const { torrents, silent }: { torrents: SeenTorrent[]; silent: string[] } = isHeld
      ? await torrentsFor(all)
      : { torrents: [], silent: [] };
    return {
      total: honestBytes(all, torrents),
      items: new Map([...each].map(([id, files]) => [id, honestBytes(files, torrents)])),
      silent,
    };
  };
}

const LIST_FRESH_MS = 60_000;
const FILES_FRESH_MS = 600_000;

/**
 * For pages only, so that turning them does not ask for the files of a thousand torrents again. Removing asks anew: a
 * file that was renamed meanwhile must not look as if it were gone.
 */
function rememberTorrents(clock: Clock) {
  const kept = new WeakMap<TorrentClient, TorrentClient>();
  return (one: ConnectedTorrentClient): ConnectedTorrentClient => {
    const client = kept.get(one.client) ?? forgetful(one.client, clock);
    kept.set(one.client, client);
    return { ...one, client };
  };
}

type Kept<T> = { at: number; value: T };

function forgetful(client: TorrentClient, clock: Clock): TorrentClient {
  let list: Kept<ReturnType<TorrentClient['torrents']>> | undefined;
  const files = new Map<string, Kept<readonly { path: string; sizeBytes: number }[]>>();
  const isFresh = (one: Kept<unknown> | undefined, ms: number) =>
    one !== undefined && clock.now().getTime() - one.at < ms;

  return {
    ...client,
    async torrents() {
      if (!list || !isFresh(list, LIST_FRESH_MS))
        list = { at: clock.now().getTime(), value: client.torrents() };
      return list.value;
    },
    async files(hashes) {
      const missing = hashes.filter((hash) => !isFresh(files.get(hash), FILES_FRESH_MS));
      const told = await client.files(missing);
      if (!told.ok) return told;
      const at = clock.now().getTime();
      for (const [hash, value] of told.value) files.set(hash, { at, value });
      for (const hash of missing) if (!told.value.has(hash)) files.delete(hash);
      const all = hashes.flatMap((hash) => {
        const one = files.get(hash);
        return one ? [[hash, one.value] as const] : [];
      });
      return { ok: true, value: new Map(all) };
    },
  };
}
