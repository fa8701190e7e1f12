import type { Fact } from '#core/fact.ts';
import type { ConnectionId, PolicyId } from '#core/ids.ts';
import type { Result } from '#core/result.ts';
import type { ProbeProblem, ServiceKind } from '#features/connections/core/connection.ts';
import type { Item } from '#features/library/core/item.ts';
import type { PolicyDraft } from '../../core/policy/policy.ts';
import type { ImportedSettings } from '../../core/janitorr/house.ts';
import type { Plan, PlanInput } from '../../core/plan/plan.ts';
import type { PolicyProblem } from '../../core/policy/validate-policy.ts';

type Invalid = { code: 'cleanup.policy-invalid'; problems: readonly PolicyProblem[] };

/** Drafts planned together, as if they were the only policies, over one reading of the library. Stores nothing. */
export type Previews = {
  library: Pick<PlanInput, 'disks' | 'now'> & { items: readonly Item[] };
  /** What the drafts speak for among each other. */
  claims: PlanInput['claims'];
  plans: readonly Result<Plan, Invalid>[];
};

/** What an import needs of planning. */
export type ImportPlanning = {
  /** `isWarned`: as if the warning of each had been served. */
  previewTogether(drafts: readonly PolicyDraft[], as: { isWarned: boolean }): Promise<Previews>;
  checkPolicy(draft: PolicyDraft): Promise<Result<PolicyDraft, Invalid>>;
  /** Neither armed nor switched on: a person looks at it first. */
  addPolicy(
    draft: PolicyDraft,
    as: { enabled: false },
  ): Promise<Result<{ policy: { id: PolicyId } }, Invalid>>;
  knownTags(): Promise<Fact<readonly string[]>>;
};

export type NewService = { kind: ServiceKind; name: string; url: string; key: string };

/** What an import needs of the connections feature, which `server/compose` plugs in. */
export type ImportConnections = {
  list(): Promise<readonly { id: ConnectionId; kind: ServiceKind; name: string; url: string }[]>;
  /** Tests what the file says and keeps nothing; null is a service that answers as it should. */
  test(service: NewService): Promise<ProbeProblem | { code: 'connections.bad-address' } | null>;
  /** False when it could not be made. */
  add(service: NewService): Promise<boolean>;
  /** After new services: the library is read. */
  added(): Promise<void>;
};

export type ImportSettings = { take(settings: ImportedSettings): Promise<void> };

/** Keeps the text between two pages without storing it: sealed, in the page itself. */
export type TextBox = { seal(text: string): string; open(sealed: string): Result<string, { code: string }> };

export type JanitorrDeps = {
  planning: ImportPlanning;
  connections: ImportConnections;
  settings: ImportSettings;
  box: TextBox;
};
