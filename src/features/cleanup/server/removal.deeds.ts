import { known, unknown } from '#core/fact.ts';
import { err, ok, type Result } from '#core/result.ts';
import { seasonId, titleId } from '#features/library/core/item.ts';
import type { Removal } from '../core/removal.ts';
import { isGone, scopeOf } from '../core/saga-judge.ts';
import { requestsToRemove } from '../core/saga-requests.ts';
import type { Deed, Observed } from '../core/saga.ts';
import type { ConnectedManager, Managers, RequestManager, StepProblem, TitleNow } from './ports.ts';
import type { Guards, Pause, RemovalLibrary } from './runs.ports.ts';

export type DeedsDeps = {
  managers: Managers;
  guards: Guards;
  library: Pick<RemovalLibrary, 'forget' | 'translatePaths' | 'anyOnDisk'>;
  pause: Pause;
};

export type Deeds = ReturnType<typeof createDeeds>;

/** What the run itself has against going on: disarmed since, or begun too long ago. */
export type Objections = () => Promise<readonly string[]>;

type Circumstances = { objections: Objections; signal: AbortSignal; times: number };

/** The hands of the saga: each deed is done once, and what came of it is told as it was seen. */
export function createDeeds({ managers, guards, library, pause }: DeedsDeps) {
  async function perform(removal: Removal, deed: Deed, at: Circumstances): Promise<Observed> {
    if ('afterMs' in deed && deed.afterMs > 0) await pause(deed.afterMs, at.signal);
    if (at.signal.aborted) return { was: 'nothing' };
    switch (deed.is) {
      case 'look':
        return look(removal, at);
      case 'unmonitor':
        return did(
          await withManager(removal, ({ manager }) => manager.unmonitor(removal.externalId, deed.scope)),
        );
      case 'delete':
        return did(await remove(removal, deed));
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

  async function look(removal: Removal, { objections, times }: Circumstances): Promise<Observed> {
    const read = await readTitle(removal);
    if (!read.ok) return { was: 'not-read', problem: read.error, times };
    const title = read.value;
    if (isVerifying(removal)) {
      return { was: 'read', title, objections: [], onDisk: await leftOnDisk(removal, title) };
    }
    const against = await whatSpeaksAgainst(removal, title, objections);
    if (!against.ok) return { was: 'not-read', problem: against.error, times };
    return { was: 'read', title, objections: against.value, onDisk: unknown('not-asked') };
  }

  const readTitle = (removal: Removal) =>
    withManager(removal, ({ manager }) => manager.read(removal.externalId));

  async function whatSpeaksAgainst(
    removal: Removal,
    title: TitleNow | null,
    objections: Objections,
  ): Promise<Result<readonly string[], StepProblem>> {
    const ids = relativesOf(removal, title);
    const playing = await guards.playingNow(ids);
    if (!playing.ok) return playing;
    const byHand = await guards.excludedByHand(ids);
    return ok([
      ...(byHand ? ['excluded-by-hand'] : []),
      ...(playing.value ? ['playing-now'] : []),
      ...(await objections()),
    ]);
  }

  async function leftOnDisk(removal: Removal, title: TitleNow | null) {
    const scope = scopeOf(removal);
    if (scope === null || !isGone(removal, scope, title)) return known(true);
    const paths = removal.plannedFiles.map((file) => file.path);
    return library.anyOnDisk(removal.connectionId, paths);
  }

  const remove = (removal: Removal, { scope, files }: Extract<Deed, { is: 'delete' }>) =>
    withManager(removal, ({ manager }) =>
      manager.remove(removal.externalId, scope, {
        addImportExclusion: removal.options.addImportExclusion,
        files,
      }),
    );

  /** Finds again what is left to do each time, so that it may be repeated. */
  async function settleRequests(removal: Removal): Promise<Result<void, StepProblem>> {
    return withManager(removal, async (ours) => {
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
    const paths =
      removal.kind === 'season' ? removal.plannedFiles.map((file) => file.path) : [removal.identity.path];
    let first: Result<void, StepProblem> = ok(undefined);
    for (const { connectionId, shelf } of await managers.shelves()) {
      const theirs = await library.translatePaths(removal.connectionId, connectionId, paths);
      const told = await shelf.tellRemoved(theirs);
      if (!told.ok && first.ok) first = told; // the other shelves are told all the same
    }
    return first;
  }

  async function withManager<T>(
    { connectionId }: Removal,
    use: (manager: ConnectedManager) => Promise<Result<T, StepProblem>>,
  ): Promise<Result<T, StepProblem>> {
    const manager = await managers.mediaManager(connectionId);
    return manager === null ? err({ code: 'step.unreachable', reason: 'connection-missing' }) : use(manager);
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

const did = (result: Result<void, StepProblem>): Observed =>
  result.ok ? { was: 'done' } : { was: 'not-done', problem: result.error };

const isVerifying = ({ state }: Removal): boolean => state.is === 'under-way' && state.step === 'verify';

/** A word on the show protects its seasons, and one on a season protects the show. */
function relativesOf(removal: Removal, title: TitleNow | null) {
  const show = titleId(removal.connectionId, removal.externalId);
  const seasons =
    removal.kind === 'show' ? (title?.seasons ?? []).map((season) => seasonId(show, season.number)) : [];
  return [...new Set([removal.itemId, show, ...seasons])];
}
