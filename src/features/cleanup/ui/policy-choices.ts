import type { ServiceKind } from '#features/connections/core/connection.ts';
import type { BreakerTrip, DiskForecast, PlanEntry, PlanTotals } from '../core/plan/plan.ts';
import type { Target } from '../core/policy/policy.ts';
import type { ShowChoice } from './show-choice.ts';

/** What the fields of a policy's form offer. */
export type PolicyChoices = {
  services: readonly { id: string; name: string; kind: ServiceKind }[];
  disks: readonly { id: string; path: string; freePercent: number | null }[];
  tags: readonly string[];
  /** Empty unless the form asks for series. */
  shows: readonly ShowChoice[];
  /** Who can sign in to a media server; null when that is not known. */
  people: readonly string[] | null;
  timeZones: readonly string[];
};

/** What a run would do now with what stands in the fields. */
export type PolicyPreview = {
  totals: PlanTotals;
  disks: readonly DiskForecast[];
  breaker: readonly BreakerTrip[];
  first: readonly PlanEntry[];
  target: Target | null;
};
