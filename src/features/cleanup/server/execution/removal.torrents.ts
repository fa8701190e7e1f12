import type { ConnectionId } from '#core/ids.ts';
import { err, ok, type Result } from '#core/result.ts';
import { isWithin } from '#features/library/core/paths.ts';
import { noTorrents } from '../../core/policy/policy.ts';
import type { Removal } from '../../core/removal/removal.ts';
import type { FileMark } from '../../core/removal/torrent.ts';
import {
  noTrace,
  torrentsToRemove,
  type Departed,
  type TorrentToRemove,
} from '../../core/removal/torrents-to-remove.ts';
import type { ConnectedTorrentClient, Managers, StepProblem } from '../ports.ts';
import type { RemovalStore } from './runs.ports.ts';
import { createTorrentLook, type TorrentLookDeps } from './torrents.look.ts';
import type { TorrentHands } from './torrents.ports.ts';

export type TorrentHandsDeps = TorrentLookDeps & {
  managers: Pick<Managers, 'torrentClients' | 'downloadsOf'>;
  removals: Pick<RemovalStore, 'ofRun'>;
};

/** The step of the saga that lets torrents follow their files. It decides nothing: core does, over what is seen now. */
export function createTorrentHands(deps: TorrentHandsDeps): TorrentHands {
  const { managers, ownPaths, lookAt } = deps;
  const look = createTorrentLook(deps);

  const departedWith = departedReader(deps);

  /** By the root folders a file of the library is told from one of a torrent: with a part of them none is. */
  async function areRootsKnown(paths: readonly string[]): Promise<boolean> {
    const roots = await ownPaths.rootFolders();
    return paths.every((path) => roots.some((root) => isWithin(path, root)));
  }

  const clients = async () => (await managers.torrentClients?.()) ?? [];

  return {
    async traceOf(removal) {
      const { connectionId, externalId, seasonNumber } = removal;
      const paths = await ownPaths.ofConnection(
        connectionId,
        removal.plannedFiles.map((file) => file.path),
      );
      const marks: FileMark[] = [];
      for (const path of paths) {
        const sight = await lookAt(path);
        // With one name its number is free for another file as soon as it is gone.
        if (!sight.known || sight.value === null || sight.value.names < 2) continue;
        const { names: _names, ...mark } = sight.value;
        marks.push(mark);
      }
      const isToFollow = removal.options.torrents?.remove === true;
      const told = isToFollow
        ? await managers.downloadsOf?.(connectionId, externalId, seasonNumber)
        : undefined;
      const downloads = told?.ok === true ? told.value.map((hash) => hash.toLowerCase()) : [];
      return { marks, downloads: [...new Set(downloads)] };
    },

    async settle(removal) {
      const open = await clients();
      if (open.length === 0) return ok([]);
      const departed = await departedWith(removal);
      const wanted = {
        paths: departed.files.map((file) => file.path),
        sizes: departed.files.map((file) => file.sizeBytes),
        hashes: departed.downloads,
      };
      if (!(await areRootsKnown(wanted.paths))) return err({ code: 'step.changed', what: 'root folders' });
      const torrents = await look.everywhere(open, wanted);
      if (!torrents.ok) return torrents;
      const rule = removal.options.torrents ?? noTorrents;
      const { remove, stay } = torrentsToRemove({ torrents: torrents.value, departed, rule });
      const gone = await removeAll(open, remove);
      if (!gone.ok) return gone;
      const isUntold = remove.length + stay.length === 0 && hadOtherNames(removal);
      return ok(
        isUntold && (await holdNothing(open))
          ? ['no-torrent-told']
          : stay.map(({ name, why }) => `${why} (${name})`),
      );
    },
  };
}

/**
 * Something may hold its bytes still, and an empty list, as of a client that just started, is no proof of none. Of a client
 * that tells of others it is: a look that goes on after a crash finds the torrent gone that it removed itself.
 */
async function holdNothing(clients: readonly ConnectedTorrentClient[]): Promise<boolean> {
  const told = await Promise.all(clients.map(({ client }) => client.torrents()));
  return told.every((one) => one.ok && one.value.length === 0);
}

const hadOtherNames = ({ state }: Removal): boolean => 'trace' in state && state.trace.marks.length > 0;

/** The whole run's: a pack of two seasons is free when the second one goes. */
const departedReader =
  ({ removals, ownPaths }: TorrentHandsDeps) =>
  async (removal: Removal): Promise<Departed> => {
    const others = (await removals.ofRun(removal.runId)).filter(
      ({ id, state }) => id !== removal.id && state.is === 'removed',
    );
    const parts: Departed[] = [];
    for (const one of [removal, ...others]) {
      const trace = 'trace' in one.state ? one.state.trace : undefined;
      const paths = await ownPaths.ofConnection(
        one.connectionId,
        one.plannedFiles.map((file) => file.path),
      );
      const files = one.plannedFiles.map(({ sizeBytes }, index) => ({ path: paths[index] ?? '', sizeBytes }));
      parts.push({ ...(trace ?? noTrace), files });
    }
    return {
      marks: parts.flatMap((part) => part.marks),
      downloads: parts.flatMap((part) => part.downloads),
      files: parts.flatMap((part) => part.files),
    };
  };

/** First the entries alone, then those that take the files: when the program dies between, a look still finds the last. */
async function removeAll(
  clients: readonly ConnectedTorrentClient[],
  torrents: readonly TorrentToRemove[],
): Promise<Result<void, StepProblem>> {
  for (const deleteFiles of [false, true]) {
    for (const { connectionId, client } of clients) {
      const hashes = hashesOf(torrents, connectionId, deleteFiles);
      if (hashes.length === 0) continue;
      const removed = await client.remove(hashes, { deleteFiles });
      if (!removed.ok) return removed;
      const left = await client.torrents();
      if (!left.ok) return left;
      if (left.value.some(({ hash }) => hashes.includes(hash)))
        return err({ code: 'step.still-there', what: 'torrent' });
    }
  }
  return ok(undefined);
}

const hashesOf = (
  torrents: readonly TorrentToRemove[],
  connectionId: ConnectionId,
  deleteFiles: boolean,
): string[] =>
  torrents
    .filter((one) => one.connectionId === connectionId && one.deleteFiles === deleteFiles)
    .map(({ hash }) => hash);
