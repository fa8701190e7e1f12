import type { ConnectionId, ItemId } from '#core/ids.ts';
import { decidingTags, type Claim } from '../judging/claims.ts';
import type { Plan } from '../plan/plan.ts';
import type { Caps, Policy } from '../policy/policy.ts';
import type { Keepsake, PlannedFile, Removal, RemovalOptions, Run, TitleIdentity } from './removal.ts';
import type { Verdict } from '../judging/verdict.ts';

/** Everything the library knows of an item that a removal and its history need. */
export type RemovalTarget = {
  itemId: ItemId;
  connectionId: ConnectionId;
  externalId: number;
  kind: Removal['kind'];
  seasonNumber: number | null;
  episodes: Removal['episodes'];
  title: string;
  /** Of the film or show, never of a season's folder. */
  identity: TitleIdentity;
  files: readonly PlannedFile[];
  keepsake: Omit<Keepsake, 'verdict' | 'before'>;
};

/**
 * The removals of a run, in the order of its plan. An item that the library lost between plan and run is left out, and so
 * is one whose files it cannot name: only named files can be deleted.
 */
export function draftRemovals(input: {
  run: Pick<Run, 'id'>;
  plan: Plan;
  policy: Policy;
  /** Of every policy. */
  claims: readonly Claim[];
  targets: readonly RemovalTarget[];
  newId: () => string;
}): Removal[] {
  const targets = new Map(input.targets.map((target) => [target.itemId, target]));
  const options = optionsOf(input.policy, input.claims);
  return inOrder(input.plan).flatMap(({ itemId, verdict }, index) => {
    const target = targets.get(itemId);
    if (target === undefined || target.files.length === 0) return [];
    return [draftRemoval(input.run, target, { id: input.newId(), position: index + 1, options, verdict })];
  });
}

export function draftRemoval(
  run: Pick<Run, 'id'>,
  { files, keepsake, ...target }: RemovalTarget,
  { verdict, ...more }: { id: string; position: number; options: RemovalOptions; verdict: Verdict | null },
): Removal {
  return {
    ...target,
    ...more,
    runId: run.id,
    plannedFiles: files,
    plannedBytes: files.reduce((sum, file) => sum + file.sizeBytes, 0),
    keepsake: { ...keepsake, verdict, before: null },
    state: { is: 'planned' },
  };
}

function optionsOf(policy: Policy, claims: readonly Claim[]): RemovalOptions {
  const { addImportExclusion, removeRequests, exclusionTags, torrents } = policy;
  const tags = { exclusionTags, decidingTags: decidingTags(policy, claims) };
  return { addImportExclusion, removeRequests, ...tags, torrents };
}

const inOrder = (plan: Plan) =>
  plan.entries
    .flatMap(({ fate, ...entry }) => (fate.is === 'remove' ? [{ ...entry, position: fate.position }] : []))
    .sort((a, b) => a.position - b.position);

/** The planner keeps the caps; a plan that does not is broken, and a broken plan must not run. */
export function whatExceedsCaps({ entries }: Plan, caps: Caps): string[] {
  const doomed = entries.filter((entry) => entry.fate.is === 'remove');
  const bytes = doomed.reduce((sum, entry) => sum + (entry.sizeBytes ?? 0), 0);
  return [
    ...(doomed.length > caps.items ? ['plan.exceeds-cap-items'] : []),
    ...(bytes > caps.bytes ? ['plan.exceeds-cap-bytes'] : []),
    ...(doomed.some((entry) => entry.sizeBytes === null) ? ['plan.removes-unknown-size'] : []),
  ];
}
