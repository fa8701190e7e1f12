import { ok, type Result } from '#core/result.ts';
import type { Removal } from '../../core/removal/removal.ts';
import { requestsToRemove } from '../../core/removal/saga-requests.ts';
import type { Deed, Observed } from '../../core/removal/saga.ts';
import type { ConnectedManager, Managers, RequestManager, StepProblem, TitleNow } from '../ports.ts';
import { createLook, withManager, type Circumstances } from './removal.look.ts';
import type { Guards, Pause, RemovalLibrary } from './runs.ports.ts';
import type { TorrentHands } from './torrents.ports.ts';

export type DeedsDeps = {
  managers: Managers;
  guards: Guards;
  library: Pick<RemovalLibrary, 'forget' | 'translatePaths' | 'anyOnDisk'>;
  pause: Pause;
  /** Left out where nobody removes torrents. */
  torrents?: TorrentHands;
};

export type Deeds = ReturnType<typeof createDeeds>;

/** The hands of the saga: each deed is done once, and what came of it is told as it was seen. */
export function createDeeds({ managers, guards, library, pause, torrents }: DeedsDeps) {
  const look = createLook({ managers, guards, library, torrents });

  async function perform(removal: Removal, deed: Deed, at: Circumstances): Promise<Observed> {
    if ('afterMs' in deed && deed.afterMs > 0) await pause(deed.afterMs, at.signal);
    if (at.signal.aborted) return { was: 'nothing' };
    switch (deed.is) {
      case 'look':
        return look(removal, at);
      case 'unmonitor':
        return did(
          await withManager(managers, removal, ({ manager }) =>
            manager.unmonitor(removal.externalId, deed.scope),
          ),
        );
      case 'delete':
        return did(await remove(removal, deed));
      case 'settle-torrents':
        return settled(await torrents?.settle(removal));
      case 'settle-requests':
        return did(await settleRequests(removal));
      case 'tell-shelves':
        return did(await tellShelves(removal));
      case 'record':
        await library.forget(removal.itemId);
        return { was: 'done' };
      case 'end':
        return { was: 'nothing' };
      default:
        return deed satisfies never;
    }
  }

  const remove = (removal: Removal, { scope, files }: Extract<Deed, { is: 'delete' }>) =>
    withManager(managers, removal, ({ manager }) =>
      manager.remove(removal.externalId, scope, {
        addImportExclusion: removal.options.addImportExclusion,
        files,
      }),
    );

  /** Finds again what is left to do each time, so that it may be repeated. */
  async function settleRequests(removal: Removal): Promise<Result<void, StepProblem>> {
    return withManager(managers, removal, async (ours) => {
      const title = await ours.manager.read(removal.externalId);
      if (!title.ok) return title;
      for (const { manager } of await managers.requestManagers()) {
        const settled = await settleWith(manager, removal, title.value, ours);
        if (!settled.ok) return settled;
      }
      return ok(undefined);
    });
  }

  async function tellShelves(removal: Removal): Promise<Result<void, StepProblem>> {
    const isWhole = removal.kind === 'film' || removal.kind === 'show';
    const paths = isWhole ? [removal.identity.path] : removal.plannedFiles.map((file) => file.path);
    let first: Result<void, StepProblem> = ok(undefined);
    for (const { connectionId, shelf } of await managers.shelves()) {
      const theirs = await library.translatePaths(removal.connectionId, connectionId, paths);
      const told = await shelf.tellRemoved(theirs);
      if (!told.ok && first.ok) first = told; // the other shelves are told all the same
    }
    return first;
  }

  return { perform };
}

async function settleWith(
  manager: RequestManager,
  removal: Removal,
  title: TitleNow | null,
  ours: ConnectedManager,
): Promise<Result<void, StepProblem>> {
  const { tmdb, tvdb } = removal.identity;
  if (tmdb === null && tvdb === null) return ok(undefined);
  const found = await manager.find({ kind: removal.kind === 'film' ? 'film' : 'show', tmdb, tvdb });
  if (!found.ok) return found;
  for (const id of requestsToRemove(removal, title, found.value, ours)) {
    const removed = await manager.remove(id);
    if (!removed.ok && !isAlreadyGone(removed.error)) return removed;
  }
  return ok(undefined);
}

const isAlreadyGone = (problem: StepProblem): boolean =>
  problem.code === 'step.refused' && problem.status === 404;

/** Without anybody to ask there are no torrents that we know of. */
const settled = (result: Result<readonly string[], StepProblem> | undefined): Observed => {
  if (result === undefined) return { was: 'done' };
  return result.ok ? { was: 'done', left: result.value } : { was: 'not-done', problem: result.error };
};

const did = (result: Result<void, StepProblem>): Observed =>
  result.ok ? { was: 'done' } : { was: 'not-done', problem: result.error };
