import { DAY_MS } from '#core/time-span.ts';
import type { Item } from '#features/library/core/item.ts';
import { ageOf, type Age } from './age.ts';
import type { Evidence } from './evidence.ts';
import type { Policy, Tier } from './policy.ts';
import { protectionSteps } from './protections.ts';
import type { ScopeReason, Standing, Step, Verdict } from './verdict.ts';

/**
 * What one policy says of one item, with the whole chain of reasons. Preview, plan, run and the "why" page all call
 * this. Nothing that could not be asked ever ends in `due`: one unknown step makes the verdict unknown, unless a
 * protection decides it anyway.
 */
export function judge(policy: Policy, item: Item, evidence: Evidence): Verdict {
  const scope = scopeStep(policy, item);
  if (scope.outcome === 'stop') return verdict(policy, item, 'out-of-scope', [scope]);
  const files = filesStep(item);
  if (files.outcome === 'stop') return verdict(policy, item, 'out-of-scope', [scope, files]);

  const protections = protectionSteps(policy, item, evidence);
  const age = ageOf(item, policy.ageBasis);
  const disk = item.diskId === null ? undefined : evidence.disks.get(item.diskId);
  const steps: Step[] = [
    scope,
    files,
    ...protections,
    ageStep(age, evidence.now),
    disk?.step ?? noDisk(item),
  ];

  if (protections.some((step) => step.outcome === 'stop')) return verdict(policy, item, 'protected', steps);
  if (!age.known || steps.some((step) => step.outcome === 'unknown'))
    return verdict(policy, item, 'unknown', steps);
  if (!disk?.tier) return verdict(policy, item, 'kept', steps);
  return judgeByAge({ policy, item, evidence, steps, countsFrom: age.countsFrom, tier: disk.tier });
}

function judgeByAge(input: {
  policy: Policy;
  item: Item;
  evidence: Evidence;
  /** Ends up in the verdict, with one more. */
  steps: Step[];
  countsFrom: Date;
  tier: Tier;
}): Verdict {
  const { policy, item, evidence, steps, countsFrom, tier } = input;
  const mark = evidence.markedSince.get(item.id) ?? null;
  const is = windowOf({ countsFrom, tier, leavingSoonDays: policy.leavingSoonDays, mark, now: evidence.now });
  const { standing, dueAt, leavingSoonFrom, markedSince } = is;
  const outcome = standing === 'due' ? 'go-on' : 'stop';
  steps.push({ check: 'due', outcome, dueAt, leavingSoonFrom, markedSince });
  return { itemId: item.id, policyId: policy.id, standing, steps, dueAt, markedSince };
}

/**
 * J-44 and J-45 with the J-46 FIX: one tier decides both, so the window is exactly `leavingSoonDays` before the item is
 * due. J-61 FIX: who finds an item already too old still shows it for the full window first, counted from the first plan
 * that marked it. A mark from before the clock started again (watched, downloaded anew) does not count.
 */
export function windowOf(input: {
  countsFrom: Date;
  tier: Tier;
  leavingSoonDays: number;
  mark: Date | null;
  now: Date;
}): {
  standing: 'kept' | 'leaving-soon' | 'due';
  dueAt: Date;
  leavingSoonFrom: Date;
  markedSince: Date | null;
} {
  const { countsFrom, tier, leavingSoonDays, mark, now } = input;
  const nowMs = now.getTime(); // comparing dates as dates is a third of the time of a whole plan
  const windowMs = leavingSoonDays * DAY_MS;
  const oldEnoughMs = countsFrom.getTime() + tier.maxAgeDays * DAY_MS;
  const leavingSoonFrom = new Date(oldEnoughMs - windowMs);
  if (!(oldEnoughMs - windowMs < nowMs)) {
    return { standing: 'kept', dueAt: new Date(oldEnoughMs), leavingSoonFrom, markedSince: null };
  }
  const markedSince = mark !== null && mark.getTime() >= countsFrom.getTime() ? mark : now;
  const warnedMs = markedSince.getTime() + windowMs;
  const standing = oldEnoughMs < nowMs && warnedMs <= nowMs ? 'due' : 'leaving-soon';
  return { standing, dueAt: new Date(Math.max(oldEnoughMs, warnedMs)), leavingSoonFrom, markedSince };
}

const verdict = (policy: Policy, item: Item, standing: Standing, steps: readonly Step[]): Verdict => ({
  itemId: item.id,
  policyId: policy.id,
  standing,
  steps,
  dueAt: null,
  markedSince: null,
});

const within = (unit: Policy['unit']): Step => ({ check: 'scope', outcome: 'go-on', unit, because: null });
const inScope = { film: within('film'), season: within('season'), show: within('show') };

function scopeStep(policy: Policy, item: Item): Step {
  const because = outsideBecause(policy, item);
  if (because === null) return inScope[policy.unit];
  const outcome = because === 'disk-not-known' ? 'unknown' : 'stop';
  return { check: 'scope', outcome, unit: policy.unit, because };
}

function outsideBecause({ unit, connectionIds, diskIds }: Policy, item: Item): ScopeReason | null {
  if (item.kind !== unit) return 'other-unit';
  if (connectionIds.length > 0 && !connectionIds.includes(item.connectionId)) return 'other-service';
  if (unit === 'season' && (item.seasonNumber ?? 0) < 1) return 'specials';
  if (diskIds.length === 0) return null;
  if (item.diskId === null) return 'disk-not-known';
  return diskIds.includes(item.diskId) ? null : 'other-disk';
}

/** Files of no size at all are an answer that cannot be right, so their size counts as unknown. */
function filesStep({ fileCount, sizeBytes }: Item): Step {
  const check = 'has-files';
  if (fileCount === 0) return { check, outcome: 'stop', fileCount, sizeBytes: null };
  if (!sizeBytes.known) return { check, outcome: 'unknown', fileCount, sizeBytes: null, why: sizeBytes.why };
  return sizeBytes.value > 0
    ? { check, outcome: 'go-on', fileCount, sizeBytes: sizeBytes.value }
    : { check, outcome: 'unknown', fileCount, sizeBytes: sizeBytes.value, why: 'size-not-plausible' };
}

function ageStep(age: Age, now: Date): Step {
  const check = 'age';
  const { importedAt, lastWatchedAt } = age;
  if (!age.known) {
    const { why } = age;
    return { check, outcome: 'unknown', importedAt, lastWatchedAt, countsFrom: null, ageDays: null, why };
  }
  const { countsFrom } = age;
  const ageDays = Math.floor((now.getTime() - countsFrom.getTime()) / DAY_MS);
  return { check, outcome: 'go-on', importedAt, lastWatchedAt, countsFrom, ageDays };
}

function noDisk({ diskId }: Item): Step {
  const why = diskId === null ? 'disk-not-known' : 'disk-missing';
  return {
    check: 'free-space',
    outcome: 'unknown',
    diskPath: null,
    freePercent: null,
    maxAgeDays: null,
    why,
  };
}
