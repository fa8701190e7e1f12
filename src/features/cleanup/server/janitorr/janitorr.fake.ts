import { known } from '#core/fact.ts';
import type { ConnectionId, PlanId, PolicyId } from '#core/ids.ts';
import { err, ok } from '#core/result.ts';
import type { ProbeProblem } from '#features/connections/core/connection.ts';
import type { Disk } from '#features/library/core/disk.ts';
import type { Item } from '#features/library/core/item.ts';
import { aDisk, aPlanInput, now } from '../../core/build.fake.ts';
import type { PolicyDraft } from '../../core/policy/policy.ts';
import type { ImportedSettings } from '../../core/janitorr/house.ts';
import type { Plan, PlanEntry } from '../../core/plan/plan.ts';
import { planCleanup } from '../../core/plan/plan-cleanup.ts';
import type { JanitorrDeps, NewService } from './janitorr.ports.ts';
import { createJanitorrService } from './janitorr.service.ts';

/** An import over a small world. `fateOf` says what our plans say of each item. */
export function fakeImport(over: Partial<JanitorrDeps> = {}) {
  const world = {
    items: [] as Item[],
    disks: [aDisk()] as Disk[],
    connections: [] as { id: ConnectionId; kind: NewService['kind']; name: string; url: string }[],
    stored: {
      services: [] as NewService[],
      policies: [] as PolicyDraft[],
      settings: [] as ImportedSettings[],
    },
    tested: [] as NewService[],
    silent: new Set<string>(),
    syncs: 0,
    invalid: (_draft: PolicyDraft): boolean => false,
    entriesOf: (_draft: PolicyDraft): PlanEntry[] => [],
  };
  const invalid = err({
    code: 'cleanup.policy-invalid',
    problems: [{ field: 'name', code: 'policy.name-missing' }],
  } as const);
  const planOf = (draft: PolicyDraft): Plan => ({
    ...planCleanup(aPlanInput({ items: [] })),
    id: 'plan' as PlanId,
    breaker: [],
    entries: world.entriesOf(draft),
  });
  const silence: ProbeProblem = { code: 'probe.timed-out', afterMs: 5000 };
  const deps: JanitorrDeps = {
    planning: {
      previewTogether: async (drafts) => ({
        library: { items: world.items, disks: world.disks, now },
        claims: [],
        plans: drafts.map((draft) => (world.invalid(draft) ? invalid : ok(planOf(draft)))),
      }),
      checkPolicy: async (draft) => (world.invalid(draft) ? invalid : ok(draft)),
      async addPolicy(draft) {
        if (world.invalid(draft)) return invalid;
        world.stored.policies.push(draft);
        return ok({ policy: { id: `policy-${world.stored.policies.length}` as PolicyId } });
      },
      knownTags: async () => known(['keep']),
    },
    connections: {
      list: async () => world.connections,
      async test(service) {
        world.tested.push(service);
        return world.silent.has(service.kind) ? silence : null;
      },
      async add(service) {
        world.stored.services.push(service);
        const id = `connection-${world.connections.length}` as ConnectionId;
        world.connections.push({ id, kind: service.kind, name: service.name, url: service.url });
        return true;
      },
      added: async () => void (world.syncs += 1),
    },
    settings: { take: async (settings) => void world.stored.settings.push(settings) },
    box: {
      seal: (text) => `sealed:${Buffer.from(text).toString('hex')}`,
      open: (sealed) =>
        sealed.startsWith('sealed:')
          ? ok(Buffer.from(sealed.slice(7), 'hex').toString())
          : err({ code: 'secret.not-readable' }),
    },
    ...over,
  };
  return { service: createJanitorrService(deps), world };
}
