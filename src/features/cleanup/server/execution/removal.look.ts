import { known, unknown, type Fact } from '#core/fact.ts';
import { err, ok, type Result } from '#core/result.ts';
import { episodeId, seasonId, titleId } from '#features/library/core/item.ts';
import type { Removal } from '../../core/removal/removal.ts';
import { isGone, scopeOf } from '../../core/removal/saga-judge.ts';
import type { Observed } from '../../core/removal/saga.ts';
import { whatToRemember, type Before } from '../../core/removal/title-settings.ts';
import type { Trace } from '../../core/removal/torrents-to-remove.ts';
import type { ConnectedManager, Managers, StepProblem, TitleNow } from '../ports.ts';
import type { Guards, RemovalLibrary } from './runs.ports.ts';
import type { TorrentHands } from './torrents.ports.ts';

export type LookDeps = {
  managers: Managers;
  guards: Guards;
  library: Pick<RemovalLibrary, 'anyOnDisk'>;
  torrents?: Pick<TorrentHands, 'traceOf'> | undefined;
};

/** What the run itself has against going on: disarmed since, or begun too long ago. */
export type Objections = () => Promise<readonly string[]>;

export type Circumstances = { objections: Objections; signal: AbortSignal; times: number };

/** The eyes of the saga: the title, and everything that speaks against deleting it, as they are at this moment. */
export function createLook({ managers, guards, library, torrents }: LookDeps) {
  async function look(removal: Removal, { objections, times }: Circumstances): Promise<Observed> {
    const read = await readTitle(removal);
    if (!read.ok) return { was: 'not-read', problem: read.error, times };
    const title = read.value;
    const before = await whatWas(removal);
    if (!before.ok) return { was: 'not-read', problem: before.error, times };
    if (isVerifying(removal)) {
      return { was: 'read', title, objections: [], onDisk: await leftOnDisk(removal, title) };
    }
    const against = await whatSpeaksAgainst(removal, title, objections);
    if (!against.ok) return { was: 'not-read', problem: against.error, times };
    const seen = { title, objections: against.value, onDisk: unknown('not-asked'), before: before.value };
    return { was: 'read', ...seen, ...(await traceOf(removal)) };
  }

  /** C-14: nothing is changed before it is known how to give it back; afterwards it would be too late to ask. */
  async function whatWas(removal: Removal): Promise<Result<Before | null, StepProblem>> {
    if (removal.state.is !== 'planned') return ok(null);
    const settings = await withManager(managers, removal, ({ manager }) =>
      manager.settings(removal.externalId),
    );
    if (!settings.ok) return settings;
    return ok(settings.value && whatToRemember(settings.value, removal.plannedFiles));
  }

  /** The last look before deleting is the last one at the files themselves: also at what else has a name for them. */
  async function traceOf(removal: Removal): Promise<{ trace?: Trace }> {
    const { state } = removal;
    const isBeforeDeleting = state.is === 'under-way' && state.step === 're-read';
    if (!isBeforeDeleting || torrents === undefined) return {};
    return { trace: await torrents.traceOf(removal) };
  }

  const readTitle = (removal: Removal) =>
    withManager(managers, removal, ({ manager }) => manager.read(removal.externalId));

  async function whatSpeaksAgainst(
    removal: Removal,
    title: TitleNow | null,
    objections: Objections,
  ): Promise<Result<readonly string[], StepProblem>> {
    const ids = relativesOf(removal, title);
    const playing = await guards.playingNow(ids);
    if (!playing.ok) return playing;
    const byHand = await guards.excludedByHand([...ids, ...episodesOf(removal)]);
    // Of a part only its own files go; a whole title takes its folder along.
    const isWhole = removal.kind === 'film' || removal.kind === 'show';
    const isShared = isWhole && (await guards.folderIsShared(removal.itemId));
    return ok([
      ...(isShared ? ['folder-shared'] : []),
      ...(byHand ? ['excluded-by-hand'] : []),
      ...whoPlays(removal, playing.value),
      ...(await objections()),
    ]);
  }

  async function leftOnDisk(removal: Removal, title: TitleNow | null) {
    const scope = scopeOf(removal);
    if (scope === null || !isGone(removal, scope, title)) return known(true);
    const paths = removal.plannedFiles.map((file) => file.path);
    return library.anyOnDisk(removal.connectionId, paths);
  }

  return look;
}

export async function withManager<T>(
  managers: Managers,
  { connectionId }: Removal,
  use: (manager: ConnectedManager) => Promise<Result<T, StepProblem>>,
): Promise<Result<T, StepProblem>> {
  const manager = await managers.mediaManager(connectionId);
  return manager === null ? err({ code: 'step.unreachable', reason: 'connection-missing' }) : use(manager);
}

/** What no media server has cannot be played there; a person may delete it, a policy never planned to (J-38). */
const NOWHERE_TO_PLAY = ['no-media-server', 'not-in-media-server'];

/** Not knowing is not "nobody": a media server that was switched off since the plan, or is stale by now, stops it (J-33). */
function whoPlays({ keepsake }: Removal, playing: Fact<boolean>): string[] {
  if (playing.known) return playing.value ? ['playing-now'] : [];
  const isByHand = keepsake.verdict === null;
  return isByHand && NOWHERE_TO_PLAY.includes(playing.why) ? [] : ['playing-unknown'];
}

const isVerifying = ({ state }: Removal): boolean => state.is === 'under-way' && state.step === 'verify';

/** A word on the show protects its seasons and episodes, and one on a season its episodes and the show. */
function relativesOf(removal: Removal, title: TitleNow | null) {
  const show = titleId(removal.connectionId, removal.externalId);
  const seasons = seasonsAround(removal, title).map((number) => seasonId(show, number));
  return [...new Set([removal.itemId, show, ...seasons])];
}

function seasonsAround({ kind, seasonNumber, episodes }: Removal, title: TitleNow | null): readonly number[] {
  if (kind === 'show') return (title?.seasons ?? []).map((season) => season.number);
  if (kind !== 'episode') return [];
  const numbers = episodes.map((episode) => episode.seasonNumber);
  return seasonNumber === null ? numbers : [seasonNumber, ...numbers];
}

/** Who keeps one episode by hand keeps the season and the show that it is part of. */
function episodesOf({ kind, connectionId, externalId, plannedFiles }: Removal) {
  if (kind === 'film') return [];
  const show = titleId(connectionId, externalId);
  return plannedFiles.map((file) => episodeId(show, file.externalId));
}
