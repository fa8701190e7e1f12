import type { ConnectionId } from '#core/ids.ts';
import { err, ok, type Result } from '#core/result.ts';
import type { ServiceKind } from '#features/connections/core/connection.ts';
import { missingTags } from '../../core/plan/breaker.ts';
import type { PolicyDraft } from '../../core/policy/policy.ts';
import { tidyDraft } from '../../core/policy/tidy-policy.ts';
import { validatePolicy, type PolicyProblem } from '../../core/policy/validate-policy.ts';
import { isCron, isTimeZone } from '#server/platform/cron.ts';
import type { PlanningLibrary } from '../planning/planning.ports.ts';

export type PolicyChecksDeps = {
  library: Pick<PlanningLibrary, 'disks' | 'knownTags'>;
  /** Every connection, switched on or not. */
  connections: () => Promise<readonly { id: ConnectionId; kind: ServiceKind }[]>;
};

export type PolicyInvalid = { code: 'cleanup.policy-invalid'; problems: readonly PolicyProblem[] };

export type PolicyChecks = ReturnType<typeof createPolicyChecks>;

/** What core says of a policy, with the services, disks and tags that there are. */
export function createPolicyChecks({ library, connections }: PolicyChecksDeps) {
  async function validate(draft: PolicyDraft): Promise<Result<PolicyDraft, PolicyInvalid>> {
    const tidy = tidyDraft(draft);
    const [all, disks] = await Promise.all([connections(), library.disks()]);
    const kind = tidy.unit === 'film' ? 'radarr' : 'sonarr';
    const problems = validatePolicy(tidy, {
      isCron,
      isTimeZone,
      connectionIds: all.filter((connection) => connection.kind === kind).map(({ id }) => id),
      diskIds: disks.map(({ id }) => id),
    });
    return problems.length === 0 ? ok(tidy) : err({ code: 'cleanup.policy-invalid', problems });
  }

  async function tagsMissing({ exclusionTags }: Pick<PolicyDraft, 'exclusionTags'>): Promise<string[]> {
    if (exclusionTags.length === 0) return [];
    const known = await library.knownTags();
    // when nobody can say, the breaker says so; a tag is only called missing by whoever was asked
    return known.known ? missingTags(exclusionTags, known.value) : [];
  }

  return { validate, tagsMissing };
}
