import type { ConnectionId } from '#core/ids.ts';
import type { Notice, ServiceCheck } from './event.ts';

/** One test that fails is a restart; two in a row, five minutes apart, are news. */
export const FAILURES_UNTIL_DOWN = 2;

export type CheckedService = { id: ConnectionId; failures: number; isToldDown: boolean };

/** What is to be remembered of each service, and what is to be told: once for each change. */
export function judgeChecks(
  known: readonly CheckedService[],
  checks: readonly ServiceCheck[],
): { states: readonly CheckedService[]; notices: readonly Notice[] } {
  const before = new Map(known.map((service) => [service.id, service]));
  const judged = checks.map((check) => ({
    check,
    was: before.get(check.id),
    now: next(before.get(check.id), check),
  }));
  const down = judged.filter(({ was, now }) => now.isToldDown && was?.isToldDown !== true);
  const up = judged.filter(({ was, now }) => was?.isToldDown === true && !now.isToldDown);
  const notices: Notice[] = [];
  if (down.length > 0)
    notices.push({
      topic: 'service-down',
      services: down.map(({ check: { name, why } }) => ({ name, why })),
    });
  if (up.length > 0)
    notices.push({ topic: 'service-up', services: up.map(({ check: { name } }) => ({ name })) });
  return { states: judged.map(({ now }) => now), notices };
}

function next(was: CheckedService | undefined, { id, isUp }: ServiceCheck): CheckedService {
  if (isUp) return { id, failures: 0, isToldDown: false };
  const failures = Math.min((was?.failures ?? 0) + 1, FAILURES_UNTIL_DOWN);
  return { id, failures, isToldDown: was?.isToldDown === true || failures >= FAILURES_UNTIL_DOWN };
}
