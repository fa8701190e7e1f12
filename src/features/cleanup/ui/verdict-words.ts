import { getLocale } from '#i18n/runtime.js';
import { m } from '#i18n/messages.js';
import { formatDate } from '#ui/format.ts';
import type { Standing, Verdict } from '../core/judging/verdict.ts';

/** What stands on a poster: a standing, or that somebody keeps it by hand, or that no policy looks at it. */
export type Status = Exclude<Standing, 'out-of-scope'> | 'excluded' | 'unmanaged';

export const statusWords: Readonly<Record<Status, () => string>> = {
  excluded: m.status_excluded,
  due: m.status_due,
  'leaving-soon': m.status_leaving_soon,
  eligible: m.status_eligible,
  unknown: m.status_unknown,
  protected: m.status_protected,
  kept: m.status_kept,
  unmanaged: m.status_unmanaged,
};

export const statusHints: Readonly<Record<Status, () => string>> = {
  excluded: m.status_excluded_hint,
  due: m.status_due_hint,
  'leaving-soon': m.status_leaving_soon_hint,
  eligible: m.status_eligible_hint,
  unknown: m.status_unknown_hint,
  protected: m.status_protected_hint,
  kept: m.status_kept_hint,
  unmanaged: m.status_unmanaged_hint,
};

/** The verdict of one policy on one item, as a sentence. */
export function verdictText({ standing, dueAt }: Pick<Verdict, 'standing' | 'dueAt'>): string {
  const date = dueAt ? formatDate(dueAt, getLocale()) : m.format_unknown();
  switch (standing) {
    case 'out-of-scope':
      return m.why_verdict_out_of_scope();
    case 'protected':
      return m.why_verdict_protected();
    case 'unknown':
      return m.why_verdict_unknown();
    case 'kept':
      return dueAt ? m.why_verdict_kept({ date }) : m.why_verdict_room();
    case 'eligible':
      return m.why_verdict_eligible();
    case 'leaving-soon':
      return m.why_verdict_leaving({ date });
    case 'due':
      return m.why_verdict_due();
    default:
      return standing satisfies never;
  }
}
