import { expect } from 'vitest';
import type { Run } from '../../src/features/cleanup/core/removal/removal.ts';
import { valueOf } from './house.ts';
import { alive, NOT_ASKED, policyOf, preview, readAll, struck, type Scene, type Stage } from './scene.ts';
import { expectNothingWrong, picture } from './truth.ts';
import type { Trigger } from './weather.ts';
import * as say from './words.ts';

const schedule = { startedBy: 'schedule', byName: null } as const;

const triggers: Record<'radarr' | 'sonarr', Record<'before' | 'delete', Pick<Trigger, 'method' | 'path'>>> = {
  radarr: {
    before: { method: 'GET', path: /\/api\/v3\/movie\/\d+$/ },
    delete: { method: 'DELETE', path: /\/api\/v3\/movie\/\d+$/ },
  },
  sonarr: {
    before: { method: 'GET', path: /\/api\/v3\/series\/\d+$/ },
    delete: { method: 'DELETE', path: /\/api\/v3\/episodefile\// },
  },
};

function triggerOf({ house, service }: Scene, stage: Stage): Trigger {
  const manager = service === 'sonarr' ? 'sonarr' : 'radarr';
  const at = house.simulators[manager].url;
  if (stage === 'run: before delete') return { at, ...triggers[manager].before, from: 'this-call' };
  const from = stage === 'run: during delete' ? 'this-call' : 'the-next';
  return { at, ...triggers[manager].delete, from };
}

const run = async (scene: Scene): Promise<Run> =>
  valueOf(await scene.house.execution.run(policyOf(scene), schedule, alive));

export async function runThrough(scene: Scene, stage: Stage): Promise<string> {
  await hearOfTheLast(scene);
  const planned = await preview(scene);
  const before = picture(scene.house);
  const done = await struck(scene, async () => run(scene), triggerOf(scene, stage));
  const [last] = await scene.house.runs.list({ limit: 1, before: null });
  if (last === undefined) throw new Error('There was no run');
  await expectNothingWrong(scene.house, { run: last, planned, before });
  const removals = await scene.house.removals.ofRun(last.id);
  return done === null ? NOT_ASKED : say.run(last, removals);
}

/** What went and could not be told of is planned once more, until the services are read again. */
async function hearOfTheLast({ house }: Scene): Promise<void> {
  const [last] = await house.runs.list({ limit: 1, before: null });
  const hasFailed = last !== undefined && 'failed' in last.outcome && last.outcome.failed > 0;
  if (hasFailed) await readAll(house, { acceptShrink: true });
}

/** With the trouble over, the next night is like any other. */
export async function expectRecovery(scene: Scene): Promise<Run> {
  // One season is more than a fifth of so small a media server, and that a person has to accept.
  await readAll(scene.house, { acceptShrink: true });
  const planned = await preview(scene);
  expect(planned.totals.remove.items).toBe(1);
  const before = picture(scene.house);
  const next = await run(scene);
  expect(next.outcome).toMatchObject({ is: 'done', items: 1, failed: 0, leftAlone: 0 });
  await expectNothingWrong(scene.house, { run: next, planned, before });
  if (scene.service === 'sonarr') await readAll(scene.house, { acceptShrink: true });
  return next;
}
