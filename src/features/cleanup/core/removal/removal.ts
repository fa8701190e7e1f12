import type { ConnectionId, ItemId, PlanId, PolicyId, RunId } from '#core/ids.ts';
import type { ItemKind } from '#features/library/core/item.ts';
import type { TorrentWish } from '../policy/policy.ts';
import type { Before, EpisodePlace } from './title-settings.ts';
import type { Trace } from './torrents-to-remove.ts';
import type { Verdict } from '../judging/verdict.ts';

/**
 * C-12: removing one item is a saga. Each step is written down before it is done and again when it is proven, so that
 * a crash at any moment leaves a place to go on from. The order is that of T-08: unmonitor before anything is deleted.
 */
export const removalSteps = [
  'unmonitor',
  're-read',
  'delete',
  'verify',
  'torrents',
  'request',
  'media-server',
  'history',
] as const;
export type RemovalStep = (typeof removalSteps)[number];

export type PlannedFile = { externalId: number; path: string; sizeBytes: number };

export type Removal = {
  id: string;
  runId: RunId;
  /** The place in the run, from 1. */
  position: number;
  itemId: ItemId;
  connectionId: ConnectionId;
  externalId: number;
  kind: ItemKind;
  seasonNumber: number | null;
  /** Those that the file of an episode removal held when it was planned (T-05); empty for all others. */
  episodes: readonly EpisodePlace[];
  title: string;
  /** Who the title was when it was planned; numbers alone may be given to another one (T-02, T-14). */
  identity: TitleIdentity;
  /** What the plan counted on. Nothing else is ever deleted; a file that came later leaves the item alone. */
  plannedFiles: readonly PlannedFile[];
  plannedBytes: number;
  options: RemovalOptions;
  keepsake: Keepsake;
  state: RemovalState;
};

export type TitleIdentity = { tmdb: number | null; tvdb: number | null; path: string };

/** Taken from the policy when the run began, so that a run goes on under the rules that it was planned with. */
export type RemovalOptions = {
  addImportExclusion: boolean;
  removeRequests: boolean;
  exclusionTags: readonly string[];
  /** Tags by which titles are given to a policy; the title must carry the same of them as when it was planned. */
  decidingTags?: readonly string[];
  /** Left out: torrents are left alone. */
  torrents?: TorrentWish;
};

/** C-14: what has to be remembered of an item to bring it back, or to explain why it went, when the services forgot it. */
export type Keepsake = {
  year: number | null;
  tags: readonly string[];
  qualityProfile: string | null;
  rootFolder: string | null;
  monitored: boolean;
  requestedBy: readonly string[];
  lastWatchedAt: Date | null;
  /** Null when somebody deleted it by hand. */
  verdict: Verdict | null;
  /** How its service held it before anything was changed; null as long as nothing was looked at. */
  before: Before | null;
};

export type RemovalState =
  | { is: 'planned' }
  | UnderWay
  /** `notes` say what could not be done after the files were gone, such as `request: step.unreachable`. */
  | {
      is: 'removed';
      at: Date;
      freedBytes: number;
      notes: readonly string[];
      trace?: Trace;
      /** It could not be confirmed `at` the end of its run; later a look showed that it is gone. */
      seenGoneAt?: Date;
    }
  /** Something had changed since the plan (tag, playing, files): nothing of it was deleted. `unmonitored`: we had got that far. */
  | { is: 'left-alone'; at: Date; because: string; unmonitored: boolean }
  | { is: 'failed'; at: Date; step: RemovalStep; because: string };

/** `step` was begun and is not proven. */
export type UnderWay = {
  is: 'under-way';
  step: RemovalStep;
  begunAt: Date;
  /** Attempts at this step, counted over crashes; each is written down before it is made. */
  tries: number;
  /** What was there when deleting began; a part that had gone before is not our merit. */
  bytes: number;
  notes: readonly string[];
  /** Written before deleting when torrents are to follow: afterwards nobody can look at the files any more. */
  trace?: Trace;
};

export const isEnded = (state: RemovalState): boolean => state.is !== 'planned' && state.is !== 'under-way';

export type Run = {
  id: RunId;
  /** Null, as are its name and `planId`, when somebody deleted one item by hand. */
  policyId: PolicyId | null;
  /** As it was called then. */
  policyName: string | null;
  planId: PlanId | null;
  mode: 'dry' | 'real';
  startedBy: 'schedule' | 'person';
  byName: string | null;
  startedAt: Date;
  endedAt: Date | null;
  outcome: RunOutcome;
};

export type RunCounts = { items: number; bytes: number; failed: number; leftAlone: number };

export type RunOutcome =
  | { is: 'under-way' }
  | ({ is: 'done' } & RunCounts)
  /** Begun, and given up because a service failed again and again. */
  | ({ is: 'cut-short'; because: string } & RunCounts)
  /** There is something to take, and nobody has approved it. */
  | { is: 'waiting'; items: number; bytes: number }
  /** The breaker or a failed plan: nothing was changed. */
  | { is: 'stopped'; because: readonly string[] };
