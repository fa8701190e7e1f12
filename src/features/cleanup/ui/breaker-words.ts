import { factWords } from '#features/library/ui/fact-words.ts';
import { getLocale } from '#i18n/runtime.js';
import { m } from '#i18n/messages.js';
import { formatAgo, formatCount } from '#ui/format.ts';
import type { BreakerTrip } from '../core/plan/plan.ts';

const readProblems: Readonly<Record<string, () => string>> = {
  'read.timed-out': m.breaker_read_timed_out,
  'read.unreachable': m.breaker_read_unreachable,
  'read.refused': m.breaker_read_refused,
  'read.server-error': m.breaker_read_server,
  'read.bad-answer': m.breaker_read_bad,
  'read.short': m.breaker_read_short,
  'sync.shrunk': m.breaker_read_shrunk,
};

const missing: Readonly<Record<string, () => string>> = {
  radarr: m.breaker_missing_radarr,
  sonarr: m.breaker_missing_sonarr,
  'media-server': m.breaker_missing_jellyfin,
};

/** Why a run must not touch anything, with the values it was decided by. */
export function tripText(trip: BreakerTrip, now: Date): string {
  switch (trip.code) {
    case 'breaker.source-stale':
      return staleText(trip, now);
    case 'breaker.source-failed': {
      const problem = readProblems[trip.problem]?.() ?? trip.problem;
      return m.breaker_failed({ source: trip.source, problem });
    }
    case 'breaker.source-empty':
      return m.breaker_empty({ source: trip.source });
    case 'breaker.source-missing':
      return (missing[trip.kind] ?? m.breaker_missing_jellyfin)();
    case 'breaker.disk-unknown':
      return m.breaker_disk({ disk: trip.disk, why: factWords(trip.why) });
    case 'breaker.candidates-jumped':
      return m.breaker_jumped({ now: count(trip.now), before: count(trip.before) });
    case 'breaker.tags-unknown':
      return m.breaker_tags_unknown({ why: factWords(trip.why) });
    case 'breaker.exclusion-tag-missing':
      return m.breaker_tag({ tag: trip.tag });
    default:
      return trip satisfies never;
  }
}

const count = (value: number): string => formatCount(value, getLocale());

function staleText(
  { source, lastSuccessAt, maxAgeHours }: Extract<BreakerTrip, { code: 'breaker.source-stale' }>,
  now: Date,
): string {
  if (lastSuccessAt === null) return m.breaker_never({ source });
  return m.breaker_stale({ source, when: formatAgo(lastSuccessAt, now, getLocale()), hours: maxAgeHours });
}

const stopped: Readonly<Record<string, () => string>> = {
  'breaker.source-stale': m.breaker_code_stale,
  'breaker.source-failed': m.breaker_code_failed,
  'breaker.source-empty': m.breaker_code_empty,
  'breaker.source-missing': m.breaker_code_missing,
  'breaker.disk-unknown': m.breaker_code_disk,
  'breaker.candidates-jumped': m.breaker_code_jumped,
  'breaker.tags-unknown': m.breaker_code_tags_unknown,
  'breaker.exclusion-tag-missing': m.breaker_code_tag,
  'plan.exceeds-cap-items': m.breaker_code_caps,
  'plan.exceeds-cap-bytes': m.breaker_code_caps,
  'plan.removes-unknown-size': m.breaker_code_size,
  'cleanup.policy-not-found': m.breaker_code_policy,
};

/** The same of a run that stopped, which remembers only the codes. */
export const stopText = (code: string): string => stopped[code]?.() ?? code;
