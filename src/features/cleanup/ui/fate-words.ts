import { getLocale } from '#i18n/runtime.js';
import { m } from '#i18n/messages.js';
import {
  formatBytes,
  formatCount,
  formatDate,
  formatDays,
  formatDaysLeft,
  formatPercent,
} from '#ui/format.ts';
import type { Fate, HeldBackBy, PlanEntry, PlanTotals } from '../core/plan/plan.ts';
import type { Step } from '../core/judging/verdict.ts';
import { checkWords, stepText } from './step-words.ts';

/** What a plan shows of its entries; what is kept is only counted. */
export type ShownFate = Exclude<Fate['is'], 'kept'>;

type FateWords = { tab: () => string; empty: () => string; hint?: () => string };

export const fateWords: Readonly<Record<ShownFate, FateWords>> = {
  remove: { tab: m.plan_tab_remove, empty: m.plan_empty_remove },
  'held-back': { tab: m.plan_tab_held_back, empty: m.plan_empty_held_back, hint: m.plan_hint_held_back },
  'leaving-soon': { tab: m.plan_tab_leaving, empty: m.plan_empty_leaving, hint: m.plan_hint_leaving },
  eligible: { tab: m.plan_tab_eligible, empty: m.plan_empty_eligible, hint: m.plan_hint_eligible },
  protected: { tab: m.plan_tab_protected, empty: m.plan_empty_protected },
  unknown: { tab: m.plan_tab_unknown, empty: m.plan_empty_unknown, hint: m.plan_hint_unknown },
};

const heldBack: Readonly<Record<HeldBackBy, () => string>> = {
  target: m.plan_held_target,
  'cap-items': m.plan_held_items,
  'cap-bytes': m.plan_held_bytes,
  'cap-library': m.plan_held_library,
  approval: m.plan_held_approval,
};

/** How many the plan has of each. */
export const countOf = (totals: PlanTotals, fate: ShownFate): number => {
  switch (fate) {
    case 'remove':
      return totals.remove.items;
    case 'held-back':
      return totals.heldBack.items;
    case 'leaving-soon':
      return totals.leavingSoon.items;
    case 'eligible':
      return totals.eligible.items;
    case 'protected':
      return totals.protected;
    case 'unknown':
      return totals.unknown;
    default:
      return fate satisfies never;
  }
};

/** The one reason that decided, in words; the whole chain stands on the page of the item. */
export function reasonText({ fate, verdict }: Pick<PlanEntry, 'fate' | 'verdict'>, now: Date): string {
  switch (fate.is) {
    case 'remove':
    case 'eligible':
      return ageText(verdict.steps);
    case 'held-back':
      return heldBack[fate.by]();
    case 'leaving-soon':
      return verdict.dueAt ? leavingText(verdict.dueAt, now) : '';
    case 'protected':
      return firstText(verdict.steps, 'stop');
    case 'unknown':
      return firstText(verdict.steps, 'unknown');
    case 'kept':
      return '';
    default:
      return fate satisfies never;
  }
}

function firstText(steps: readonly Step[], outcome: Step['outcome']): string {
  const decisive = steps.find((step) => step.outcome === outcome);
  return decisive ? `${checkWords[decisive.check]()} · ${stepText(decisive)}` : '';
}

const leavingText = (dueAt: Date, now: Date): string =>
  m.plan_reason_leaving({
    when: formatDaysLeft(dueAt, now, getLocale()),
    date: formatDate(dueAt, getLocale()),
  });

function ageText(steps: readonly Step[]): string {
  const age = steps.find((step) => step.check === 'age');
  const space = steps.find((step) => step.check === 'free-space');
  if (!age || !space || age.ageDays === null) return '';
  const ruling = steps.find(
    (step) => step.check === 'tag-age' || step.check === 'watched-by' || step.check === 'episode-window',
  );
  if (ruling) return stepText(ruling);
  if (space.maxAgeDays === null || space.freePercent === null) return '';
  return m.plan_reason_age({
    days: formatDays(Math.floor(age.ageDays), getLocale()),
    max: formatDays(space.maxAgeDays, getLocale()),
    percent: formatPercent(space.freePercent, getLocale()),
  });
}

/** "12 titles, 340 GB": what an action costs. */
export const costText = ({ items, bytes }: { items: number; bytes: number }): string =>
  m.cleanup_with_bytes({
    what: m.cleanup_titles({ count: items, number: formatCount(items, getLocale()) }),
    bytes: formatBytes(bytes, getLocale()),
  });
