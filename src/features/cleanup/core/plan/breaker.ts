import type { ConnectionId } from '#core/ids.ts';
import { isMediaServer } from '#features/connections/core/connection.ts';
import type { Disk } from '#features/library/core/disk.ts';
import { HOUR_MS, isFresh } from '#features/library/core/freshness.ts';
import type { Source } from '#features/library/core/source.ts';
import type { BreakerTrip, Plan, PlanInput } from './plan.ts';
import type { Policy } from '../policy/policy.ts';

/** Evidence older than this cannot remove anything: a day and a half, so that one missed nightly sync is forgiven. */
export const MAX_SOURCE_AGE_HOURS = 36;

/** C-11: this many times more candidates than at the last plan is a mistake until a person says otherwise. */
export const JUMP_FACTOR = 3;

/** Below this many candidates a jump means nothing: two films after none is how a household lives. */
export const JUMP_FLOOR = 10;

type Made = Pick<Plan, 'entries' | 'totals' | 'disks'>;

/** Everything that forbids carrying out the plan. Each trip says which check it was and with which values. */
export const findTrips = (input: PlanInput, made: Made): BreakerTrip[] => [
  ...sourceTrips(input),
  ...diskTrips(input.policy, input.disks, made),
  ...jumpTrips(input, made),
  ...tagTrips(input.policy, input.knownTags),
];

/** Who has to have answered: the Radarrs or Sonarrs in scope, and every media server, or "nobody watched" means nothing. */
function sourceTrips(input: PlanInput): BreakerTrip[] {
  const { policy, sources, now } = input;
  const manager = policy.unit === 'film' ? 'radarr' : 'sonarr';
  const managers = sources.filter(
    ({ kind, connectionId }) => kind === manager && isChosen(policy, connectionId),
  );
  const mediaServers = sources.filter(({ kind }) => isMediaServer(kind));
  const answering = new Set(managers.map(({ connectionId }) => connectionId));
  const missing: BreakerTrip[] = [];
  if (answering.size === 0 || neededManagers(input).some((id) => !answering.has(id))) {
    missing.push({ code: 'breaker.source-missing', kind: manager });
  }
  if (mediaServers.length === 0) missing.push({ code: 'breaker.source-missing', kind: 'media-server' });
  return [...missing, ...[...managers, ...mediaServers].flatMap((source) => sourceTrip(source, now) ?? [])];
}

/** Those that the policy names, or else those whose titles it would judge, even when nobody reads them any more. */
const neededManagers = ({ policy, items }: PlanInput): readonly ConnectionId[] =>
  policy.connectionIds.length > 0
    ? policy.connectionIds
    : distinct(items, (item) => (item.kind === policy.unit ? item.connectionId : null));

/** In one pass and without a list in between: it is asked of 50 000 items. */
function distinct<T, U>(all: readonly T[], of: (one: T) => U | null): U[] {
  const found = new Set<U>();
  for (const one of all) {
    const value = of(one);
    if (value !== null) found.add(value);
  }
  return [...found];
}

const isChosen = ({ connectionIds }: Policy, id: Source['connectionId']): boolean =>
  connectionIds.length === 0 || connectionIds.includes(id);

function sourceTrip(source: Source, now: Date): BreakerTrip | null {
  const { name, problem, lastSuccessAt } = source;
  if (problem?.code === 'sync.empty') return { code: 'breaker.source-empty', source: name };
  if (problem !== null) return { code: 'breaker.source-failed', source: name, problem: problem.code };
  if (!isFresh(lastSuccessAt, now, MAX_SOURCE_AGE_HOURS * HOUR_MS)) {
    return { code: 'breaker.source-stale', source: name, lastSuccessAt, maxAgeHours: MAX_SOURCE_AGE_HOURS };
  }
  return source.count === 0 ? { code: 'breaker.source-empty', source: name } : null;
}

/** A disk that is named but not there, that holds something but is not there, or that cannot say how full it is. */
function diskTrips(policy: Policy, disks: readonly Disk[], { entries }: Made): BreakerTrip[] {
  const known = new Map(disks.map((disk) => [disk.id, disk]));
  const needed = new Set([...policy.diskIds, ...distinct(entries, ({ diskId }) => diskId)]);
  return [...needed].flatMap((id) => {
    const disk = known.get(id);
    const why = disk ? diskProblem(disk) : 'disk-missing';
    return why === null ? [] : [{ code: 'breaker.disk-unknown' as const, disk: disk?.path ?? id, why }];
  });
}

function diskProblem({ totalBytes, freeBytes }: Disk): string | null {
  if (!freeBytes.known) return freeBytes.why;
  if (!totalBytes.known) return totalBytes.why;
  return totalBytes.value > 0 ? null : 'disk-size-zero';
}

/**
 * What leaves soon counts too: lost watch history shows there first. When a disk became fuller, so that a stricter tier
 * rules, more candidates are what the policy asks for, and the Leaving Soon window gives people time to object. Without
 * a window there is no second look, so then even that counts as a jump.
 */
function jumpTrips({ policy, previous }: PlanInput, made: Made): BreakerTrip[] {
  if (previous === null) return [];
  if (policy.leavingSoonDays > 0 && hasStricterTier(made, previous)) return [];
  const now = candidatesOf(made);
  const before = candidatesOf(previous);
  if (now <= JUMP_FLOOR || now <= before * JUMP_FACTOR) return [];
  return [{ code: 'breaker.candidates-jumped', now, before, factor: JUMP_FACTOR }];
}

const hasStricterTier = (made: Pick<Plan, 'disks'>, previous: Pick<Plan, 'disks'>): boolean => {
  const before = new Map(previous.disks.map(({ diskId, maxAgeDays }) => [diskId, maxAgeDays]));
  return made.disks.some(
    ({ diskId, maxAgeDays }) =>
      before.has(diskId) && (maxAgeDays ?? Infinity) < (before.get(diskId) ?? Infinity),
  );
};

/** Everything that its age no longer protects. */
export const candidatesOf = ({ totals }: Pick<Plan, 'totals'>): number =>
  totals.remove.items + totals.heldBack.items + totals.leavingSoon.items + totals.eligible.items;

/** J-28 FIX: a tag that exists nowhere protects nothing, and was probably mistyped. */
function tagTrips({ exclusionTags }: Policy, knownTags: PlanInput['knownTags']): BreakerTrip[] {
  if (exclusionTags.length === 0) return [];
  if (!knownTags.known) return [{ code: 'breaker.tags-unknown', why: knownTags.why }];
  return missingTags(exclusionTags, knownTags.value).map((tag) => ({
    code: 'breaker.exclusion-tag-missing',
    tag,
  }));
}

export function missingTags(wanted: readonly string[], knownTags: readonly string[]): string[] {
  const existing = new Set(knownTags.map((tag) => tag.toLowerCase()));
  return wanted.filter((tag) => !existing.has(tag.toLowerCase()));
}
