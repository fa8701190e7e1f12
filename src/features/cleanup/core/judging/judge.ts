import { DAY_MS } from '#core/time-span.ts';
import type { Item } from '#features/library/core/item.ts';
import { graceEnd, lastEndedOn, type EndedClaim } from './claim-records.ts';
import type { Evidence } from './evidence.ts';
import type { Policy } from '../policy/policy.ts';
import { addProtections } from './protections.ts';
import { addRuling, longestTag, type Limit } from './rules.ts';
import { scopeStep } from './scope.ts';
import type { Grace, Standing, Step, Verdict } from './verdict.ts';

/**
 * What one policy says of one item, with the whole chain of reasons. Preview, plan, run and the "why" page all call
 * this. Nothing that could not be asked ever ends in `due`: one unknown step makes the verdict unknown, unless a
 * protection decides it anyway.
 */
export function judge(policy: Policy, item: Item, evidence: Evidence): Verdict {
  const scope = scopeStep(policy, item, evidence);
  if (scope.outcome === 'stop') return verdict(policy, item, 'out-of-scope', [scope]);
  const files = filesStep(item);
  if (files.outcome === 'stop') return verdict(policy, item, 'out-of-scope', [scope, files]);

  // One list that grows: a plan makes 200 000 of them.
  const steps: Step[] = [scope, files];
  addProtections(steps, { policy, item, evidence });
  const isProtected = steps.some((step) => step.outcome === 'stop');
  const limit = addRuling(steps, { policy, item, evidence });
  if (isProtected) return verdict(policy, item, 'protected', steps);
  if (steps.some((step) => step.outcome === 'unknown')) return verdict(policy, item, 'unknown', steps);
  if (limit === null) return verdict(policy, item, 'kept', steps);
  return judgeByAge({ policy, item, evidence, steps, limit });
}

function judgeByAge(input: {
  policy: Policy;
  item: Item;
  evidence: Evidence;
  /** Ends up in the verdict, with one more. */
  steps: Step[];
  limit: Limit;
}): Verdict {
  const { policy, item, evidence, steps, limit } = input;
  const ended = endedClaimOn(policy, item, evidence);
  const mark = later(evidence.markedSince.get(item.id) ?? null, ended);
  const { leavingSoonDays } = policy;
  const is = windowOf(limit, { leavingSoonDays, mark, grace: graceAfter(ended), now: evidence.now });
  const { standing, markedSince } = is;
  steps.push(dueStep(is));
  const dueAt = standing === 'kept' ? is.oldEnoughAt : is.dueAt;
  return { itemId: item.id, policyId: policy.id, standing, steps, dueAt, markedSince };
}

/** Two tag policies on one item: a claim that never counted against this one changes nothing by its end. */
function endedClaimOn(policy: Policy, item: Item, { endedClaims }: Evidence): EndedClaim | null {
  if (endedClaims.size === 0 || policy.kind === 'episodes') return null;
  const own = policy.kind === 'tag' ? (longestTag(policy, item)?.ruling.maxAgeDays ?? null) : null;
  return lastEndedOn(endedClaims.get(item.id), own);
}

/** Nobody is warned of what another policy speaks for, so a warning counts from the end of its claim at the earliest. */
const later = (mark: Date | null, ended: EndedClaim | null): Date | null =>
  mark !== null && ended !== null && mark < ended.endedAt ? ended.endedAt : mark;

const graceAfter = (ended: EndedClaim | null): Grace | null =>
  ended && { policy: ended.policyName, endedAt: ended.endedAt, until: graceEnd(ended) };

/** Where an item stands between old enough, announced and due. */
export type Window = {
  standing: 'kept' | 'eligible' | 'leaving-soon' | 'due';
  oldEnoughAt: Date;
  leavingSoonFrom: Date;
  /** Null while it is not announced. */
  dueAt: Date | null;
  markedSince: Date | null;
  grace: Grace | null;
};

function dueStep({ standing, oldEnoughAt, dueAt, leavingSoonFrom, markedSince, grace }: Window): Step {
  const check = 'due';
  const outcome = standing === 'due' ? 'go-on' : 'stop';
  const step: Step = { check, outcome, oldEnoughAt, dueAt, leavingSoonFrom, markedSince };
  return grace ? { ...step, grace } : step; // a plan makes 200 000 of them: no spread where there is nothing
}

/**
 * J-44 and J-45 with the J-46 FIX: one age decides both, so the window is exactly `leavingSoonDays` before the item is
 * due. J-61 FIX: who finds an item already too old still shows it for the full window first, counted from the plan that
 * announced it (`mark`). A mark from before the clock started again (watched, downloaded anew) does not count. Which of
 * the eligible ones are announced is for the plan to say: see `announce.ts`.
 */
export function windowOf({ countsFrom, maxAgeDays }: Limit, warning: Warning): Window {
  const oldEnoughAt = new Date(countsFrom.getTime() + maxAgeDays * DAY_MS);
  const { mark } = warning;
  const counts = mark === null || mark.getTime() >= countsFrom.getTime();
  return markedWindow(oldEnoughAt, counts ? warning : { ...warning, mark: null });
}

type Warning = { leavingSoonDays: number; mark: Date | null; grace?: Grace | null; now: Date };

function markedWindow(oldEnoughAt: Date, { leavingSoonDays, mark, grace = null, now }: Warning): Window {
  const nowMs = now.getTime(); // comparing dates as dates is a third of the time of a whole plan
  const oldEnoughMs = oldEnoughAt.getTime();
  const windowMs = leavingSoonDays * DAY_MS;
  const leavingSoonFrom = new Date(oldEnoughMs - windowMs);
  const isNear = oldEnoughMs - windowMs < nowMs;
  if (!isNear || mark === null) {
    const standing = isNear ? 'eligible' : 'kept';
    return { standing, oldEnoughAt, leavingSoonFrom, dueAt: null, markedSince: null, grace };
  }
  const warnedMs = Math.max(mark.getTime() + windowMs, grace?.until.getTime() ?? 0);
  const standing = oldEnoughMs < nowMs && warnedMs <= nowMs ? 'due' : 'leaving-soon';
  const dueAt = new Date(Math.max(oldEnoughMs, warnedMs));
  return { standing, oldEnoughAt, leavingSoonFrom, dueAt, markedSince: mark, grace };
}

/** The verdict on an eligible item once it is announced, at `now`. */
export const announced = (verdict: Verdict, policy: Policy, now: Date): Verdict =>
  remarked(verdict, policy, { mark: now, now });

/** The verdict on an announced item that turns out not to be needed: its warning ends. */
export const spared = (verdict: Verdict, policy: Policy, now: Date): Verdict =>
  remarked(verdict, policy, { mark: null, now });

function remarked(
  verdict: Verdict,
  policy: Policy,
  { mark, now }: { mark: Date | null; now: Date },
): Verdict {
  const last = verdict.steps.at(-1);
  if (last?.check !== 'due') return verdict;
  const { grace = null, oldEnoughAt } = last;
  const window = markedWindow(oldEnoughAt, { mark, now, grace, leavingSoonDays: policy.leavingSoonDays });
  const { standing, dueAt, markedSince } = window;
  return {
    ...verdict,
    standing,
    dueAt,
    markedSince,
    steps: [...verdict.steps.slice(0, -1), dueStep(window)],
  };
}

const verdict = (policy: Policy, item: Item, standing: Standing, steps: readonly Step[]): Verdict => ({
  itemId: item.id,
  policyId: policy.id,
  standing,
  steps,
  dueAt: null,
  markedSince: null,
});

/** Files of no size at all are an answer that cannot be right, so their size counts as unknown. */
function filesStep({ fileCount, sizeBytes }: Item): Step {
  const check = 'has-files';
  if (fileCount === 0) return { check, outcome: 'stop', fileCount, sizeBytes: null };
  if (!sizeBytes.known) return { check, outcome: 'unknown', fileCount, sizeBytes: null, why: sizeBytes.why };
  return sizeBytes.value > 0
    ? { check, outcome: 'go-on', fileCount, sizeBytes: sizeBytes.value }
    : { check, outcome: 'unknown', fileCount, sizeBytes: sizeBytes.value, why: 'size-not-plausible' };
}
