import type { PolicyId } from '#core/ids.ts';
import type { ProbeProblem } from '#features/connections/core/connection.ts';
import type { JanitorrConfig, JanitorrServiceName } from '../../core/janitorr/config.ts';
import { policiesOf, type DraftKey } from '../../core/janitorr/drafts.ts';
import { connectionsOf, settingsOf, type ImportedConnection } from '../../core/janitorr/house.ts';
import type { PolicyProblem } from '../../core/policy/validate-policy.ts';
import type { JanitorrDeps, NewService } from './janitorr.ports.ts';
import { kindOf, productOf, tidyUrl, worldOf, type ImportWords } from './janitorr.world.ts';

/** What of the file is wanted. */
export type ImportChoices = {
  connections: readonly JanitorrServiceName[];
  policies: readonly DraftKey[];
  settings: boolean;
};

export type ConnectionOutcome =
  | { name: JanitorrServiceName; is: 'made' | 'already-there' | 'not-made' }
  | {
      name: JanitorrServiceName;
      is: 'test-failed';
      problem: ProbeProblem | { code: 'connections.bad-address' };
    };

export type PolicyOutcome =
  | { key: DraftKey; is: 'made'; id: PolicyId }
  | { key: DraftKey; is: 'invalid'; problems: readonly PolicyProblem[] };

export type Adopted = {
  connections: readonly ConnectionOutcome[];
  policies: readonly PolicyOutcome[];
  settings: boolean;
};

/**
 * The only part that stores anything. Connections come first, because policies name them; a service that does not answer
 * as it should is not made, and neither is a policy that has a mistake.
 */
export async function adoptFrom(
  config: JanitorrConfig,
  choices: ImportChoices,
  { words, deps }: { words: ImportWords; deps: JanitorrDeps },
): Promise<Adopted> {
  const connections: ConnectionOutcome[] = [];
  for (const service of connectionsOf(config).ready) {
    if (choices.connections.includes(service.name)) connections.push(await connect(service, deps));
  }
  if (connections.some(({ is }) => is === 'made')) await deps.connections.added();
  if (choices.settings) await deps.settings.take(settingsOf(config));

  const world = await worldOf(config, words, deps);
  const policies: PolicyOutcome[] = [];
  for (const { key, draft } of policiesOf(config, world)) {
    if (!choices.policies.includes(key)) continue;
    const added = await deps.planning.addPolicy(draft, { enabled: false });
    policies.push(
      added.ok
        ? { key, is: 'made', id: added.value.policy.id }
        : { key, is: 'invalid', problems: added.error.problems },
    );
  }
  return { connections, policies, settings: choices.settings };
}

async function connect(
  { name, url, key }: ImportedConnection,
  { connections }: Pick<JanitorrDeps, 'connections'>,
): Promise<ConnectionOutcome> {
  const kind = kindOf(name);
  const all = await connections.list();
  const tidy = tidyUrl(url);
  if (all.some((one) => one.kind === kind && one.url === tidy)) return { name, is: 'already-there' };
  const taken = all.map((one) => one.name);
  const service: NewService = { kind, url, key, name: freeName(productOf[name], taken) };
  const problem = await connections.test(service);
  if (problem) return { name, is: 'test-failed', problem };
  return { name, is: (await connections.add(service)) ? 'made' : 'not-made' };
}

function freeName(product: string, taken: readonly string[]): string {
  const names = [product, ...taken.map((_, index) => `${product} ${index + 2}`)];
  return names.find((name) => !taken.includes(name)) ?? product;
}
