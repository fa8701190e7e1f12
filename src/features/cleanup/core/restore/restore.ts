import type { ConnectionId, ItemId, UserId } from '#core/ids.ts';
import { addDays } from '#core/time-span.ts';
import { seasonId, titleId, type ItemKind } from '#features/library/core/item.ts';
import type { Removal, TitleIdentity } from '../removal/removal.ts';
import type { Before, EpisodePlace } from '../removal/title-settings.ts';

/**
 * C-14: undoing a removal is a saga too: written before it is done, gone on with after a crash. It has no step that deletes
 * anything; the only thing it takes away is the import exclusion that we wrote ourselves.
 */
export const restoreSteps = ['exclusion', 'add', 'monitor', 'search', 'keep'] as const;
export type RestoreStep = (typeof restoreSteps)[number];

/** What the person chose on the page. `null` is: as it was before the removal. */
export type RestoreChoice = {
  rootFolder: string | null;
  qualityProfile: string | null;
  search: boolean;
  /** For so long no policy takes it; zero leaves it to them at once. */
  keepDays: number;
};

export const defaultKeepDays = 30;

export type Restore = {
  id: string;
  removalId: string;
  connectionId: ConnectionId;
  /** The number that the title had. It may have another one now, and the number may be another title's (T-14). */
  externalId: number;
  kind: ItemKind;
  seasonNumber: number | null;
  title: string;
  year: number | null;
  identity: TitleIdentity;
  before: Before;
  /** The exclusion from import lists is ours, so it is ours to take away. */
  ownExclusion: boolean;
  choice: RestoreChoice;
  byUserId: UserId;
  byName: string;
  startedAt: Date;
  state: RestoreState;
};

export type RestoreState =
  | { is: 'planned' }
  | RestoreUnderWay
  /** `notes` say what could not be done although the title is back, and what was there already. */
  | { is: 'restored'; at: Date; itemId: ItemId; keptUntil: Date | null; notes: readonly string[] }
  /** Something was in the way before anything was changed; with another choice it may be tried again. */
  | { is: 'refused'; at: Date; because: RestoreRefusal }
  | { is: 'failed'; at: Date; step: RestoreStep | 'look'; because: string };

/** `step` was begun and is not proven. */
export type RestoreUnderWay = {
  is: 'under-way';
  step: RestoreStep;
  begunAt: Date;
  /** Attempts at this step, counted over crashes; each is written down before it is made. */
  tries: number;
  /** The title was gone, and adding it again was begun: what is there now is ours to set as it was. */
  added: boolean;
  /** What was said the last time that a step did not work. */
  problem: string | null;
  /** What is to be kept by hand, once that is known. */
  itemId: ItemId | null;
  notes: readonly string[];
};

export const restoreRefusals = [
  'root-folder-gone',
  'profile-gone',
  'identity-changed',
  'identity-unknown',
  'show-gone',
] as const;
export type RestoreRefusal = (typeof restoreRefusals)[number];

export const isRestoreEnded = (state: RestoreState): boolean =>
  state.is !== 'planned' && state.is !== 'under-way';

export type NotRestorable =
  'cleanup.not-removed' | 'cleanup.removal-under-way' | 'cleanup.nothing-remembered';

/**
 * Why this removal cannot be undone; null when it can. A removal that failed, or that left the item alone after it had
 * unmonitored it, can: bringing back then means the monitoring.
 */
export function whyNotRestorable({ state, keepsake }: Removal): NotRestorable | null {
  if (state.is === 'planned' || state.is === 'under-way') return 'cleanup.removal-under-way';
  if (state.is === 'left-alone' && !state.unmonitored) return 'cleanup.not-removed';
  return keepsake.before === null ? 'cleanup.nothing-remembered' : null;
}

export function draftRestore(
  removal: Removal,
  before: Before,
  wish: Pick<Restore, 'id' | 'choice' | 'byUserId' | 'byName' | 'startedAt'>,
): Restore {
  const { connectionId, externalId, kind, seasonNumber, title, identity } = removal;
  return {
    ...wish,
    removalId: removal.id,
    connectionId,
    externalId,
    kind,
    seasonNumber,
    title,
    year: removal.keepsake.year,
    identity,
    before,
    ownExclusion: isWhole({ kind }) && removal.options.addImportExclusion && !before.isExcluded,
    state: { is: 'planned' },
  };
}

/** A film or a show; a season or an episode is part of a show that has to be there. */
export const isWhole = ({ kind }: Pick<Restore, 'kind'>): boolean => kind === 'film' || kind === 'show';

/** T-03: what is given back, never left out: of a show all of it, one season, or episodes by their places. */
export type RestoreScope =
  | { type: 'title' }
  | { type: 'season'; number: number }
  | { type: 'episodes'; places: readonly EpisodePlace[] };

export function restoreScope({ kind, seasonNumber, before }: Restore): RestoreScope {
  if (kind === 'season' && seasonNumber !== null) return { type: 'season', number: seasonNumber };
  return isWhole({ kind }) ? { type: 'title' } : { type: 'episodes', places: before.episodes };
}

/** What is kept by hand: the title may have another number than it had. A new episode file has no number yet: its show is kept. */
export function restoredItem(restore: Restore, externalId: number): ItemId {
  const title = titleId(restore.connectionId, externalId);
  const scope = restoreScope(restore);
  return scope.type === 'season' ? seasonId(title, scope.number) : title;
}

export const keptUntil = ({ choice, startedAt }: Restore): Date | null =>
  choice.keepDays > 0 ? addDays(startedAt, choice.keepDays) : null;
