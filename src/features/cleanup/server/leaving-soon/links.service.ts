import { join } from 'node:path';
import type { ConnectionId } from '#core/ids.ts';
import { err, ok, type Result } from '#core/result.ts';
import type { StandIns } from '#features/library/core/stand-ins.ts';
import { shelfKinds, soonestOfEach } from '../../core/leaving-soon/leaving-soon.ts';
import type { LinkProblem } from '../../core/leaving-soon/link-problem.ts';
import type { LinkState, LinkTest } from '../../core/leaving-soon/link-state.ts';
import { showsLinks } from '../../core/policy/settings.ts';
import { openLinkFolder } from './link-folder.owner.ts';
import type { LinkFolder } from './link-folder.ts';
import type { LinkSettings, LinkShelf, LinkSource, LinkStore } from './links.ports.ts';
import { createLinkProbe } from './links.probe.ts';
import { createLinkUpdate, itemsFor, newShelf } from './links.update.ts';
import type { ConnectedLibrary, Managers } from '../ports.ts';
import type { Clock, RunLog } from '../execution/runs.ports.ts';

export type LinkDeps = {
  source: LinkSource;
  store: LinkStore;
  managers: Pick<Managers, 'linkLibraries'>;
  clock: Clock;
  newId: () => string;
  log: RunLog;
};

export type LinkService = ReturnType<typeof createLinkService>;

const NOWHERE: Pick<LinkSettings, 'surfaces'> = { surfaces: { films: 'none', shows: 'none' } };

/** C-07: the folder of links to what leaves, and the libraries over it, in every media server that asks for it. */
export function createLinkService({ source, store, managers, clock, newId, log }: LinkDeps) {
  async function openFolder(folder: string): Promise<Result<LinkFolder, LinkProblem>> {
    const opened = await openLinkFolder(folder, {
      instanceId: await store.instanceId(),
      mediaFolders: await source.mediaFolders(),
      wasOurs: (await store.folders()).includes(folder),
    });
    if (opened.ok) await store.noteFolder(folder);
    return opened;
  }
  const updateOne = createLinkUpdate({ source, store, openFolder, clock });
  const prove = createLinkProbe({ source, openFolder, newId });

  const told = (done: Result<LinkShelf, LinkProblem>, shelf: LinkShelf): boolean => {
    const { connectionId, folder } = shelf;
    if (!done.ok)
      log.warn('Links to what leaves soon could not be updated', {
        connectionId,
        folder,
        problem: done.error,
      });
    return done.ok;
  };

  /** Another folder was named, or the connection was removed: what we made there goes, and nothing else (T-30). */
  async function retire(shelf: LinkShelf, server: ConnectedLibrary | null): Promise<void> {
    const settings = { ...NOWHERE, names: { films: '', shows: '' } };
    const done = await updateOne({ shelf, server, settings, items: [] });
    if (told(done, shelf)) await store.forget(shelf.connectionId, shelf.folder);
  }

  async function current(): Promise<{ shelves: LinkShelf[]; settings: LinkSettings; old: LinkShelf[] }> {
    const [all, settings, connections] = await Promise.all([
      store.shelves(),
      source.settings(),
      source.connections(),
    ]);
    const isCurrent = (shelf: LinkShelf) =>
      shelf.folder === settings.folder && connections.some(({ id }) => id === shelf.connectionId);
    return {
      settings,
      shelves: all.filter(isCurrent),
      old: all.filter((shelf) => !isCurrent(shelf)),
    };
  }

  /** Changes only what differs. One media server that fails does not hold up the others. */
  async function update(): Promise<{ failed: number }> {
    const { shelves, settings, old } = await current();
    const { folder, surfaces } = settings;
    const isOn = folder !== null && shelfKinds.some((kind) => showsLinks(surfaces[kind]));
    if (!isOn && shelves.length === 0 && old.length === 0) return { failed: 0 };
    const servers = await managers.linkLibraries();
    const serverOf = (id: ConnectionId) => servers.find(({ connectionId }) => connectionId === id) ?? null;
    for (const shelf of old) await retire(shelf, serverOf(shelf.connectionId));

    const items = itemsFor(soonestOfEach(await source.leaving()), surfaces);
    let failed = 0;
    for (const server of servers) {
      const known = shelves.find(({ connectionId }) => connectionId === server.connectionId);
      if (folder === null || (!known && (!isOn || items.length === 0))) continue;
      const shelf = known ?? newShelf(server.connectionId, folder);
      if (!told(await updateOne({ shelf, server, settings, items }), shelf)) failed += 1;
    }
    return { failed };
  }

  /** Tries a link with a real file, for every media server. A person asks, so an emptied folder is taken again. */
  async function test(): Promise<Result<LinkTest[], { code: 'links.no-folder' }>> {
    const { folder } = await source.settings();
    if (folder === null) return err({ code: 'links.no-folder' });
    await store.forgetFolder(folder);
    const items = soonestOfEach(await source.leaving());
    const tests: LinkTest[] = [];
    for (const server of await managers.linkLibraries()) {
      const { connectionId, name } = server;
      tests.push({ connectionId, name, proof: await prove(server, folder, items) });
    }
    return ok(tests);
  }

  async function state(): Promise<LinkState[]> {
    const [{ shelves, settings }, connections] = await Promise.all([current(), source.connections()]);
    return shelves.map(({ connectionId, tree, updatedAt, problem, libraries }) => ({
      connectionId,
      name: connections.find(({ id }) => id === connectionId)?.name ?? connectionId,
      links: tree.links.length,
      updatedAt,
      problem,
      leftLibraries: shelfKinds.flatMap((kind) =>
        showsLinks(settings.surfaces[kind]) ? [] : (libraries[kind] ?? []),
      ),
    }));
  }

  /** For the library: what media servers show there is no title of its own (J-34). */
  async function standIns(): Promise<StandIns> {
    const shelves = await store.shelves();
    const rootOf = ({ folder, connectionId }: LinkShelf) => join(folder, connectionId);
    return {
      roots: shelves.map(rootOf),
      folders: shelves.flatMap((shelf) =>
        shelf.tree.standIns.map(({ links, folder }) => ({ links: join(rootOf(shelf), links), folder })),
      ),
    };
  }

  const inTurn = takeTurns();
  return { update: () => inTurn(update), test: () => inTurn(test), state, standIns };
}

/** A run and the job after a plan may both update: two at once would make the same link twice and forget one of them. */
function takeTurns() {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  };
}
