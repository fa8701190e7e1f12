import { expect, test } from 'vitest';
import type { ItemId, PlanId } from '#core/ids.ts';
import { aFilm, daysAgo, warned } from '../../core/build.fake.ts';
import { aStoredPolicy, fakePlanning } from '../planning/planning.fake.ts';

async function open(over: Parameters<typeof aStoredPolicy>[0] = {}) {
  const films = [aFilm(), aFilm()];
  const setup = fakePlanning({}, films);
  const policy = aStoredPolicy({ armed: true, needsApproval: true, leavingSoonDays: 0, ...over });
  await setup.stores.policies.save(policy);
  const made = await setup.service.makePlan(policy.id);
  const planId = made.ok ? made.value.id : ('none' as PlanId);
  const approve = (without: readonly ItemId[] = [], id = planId) =>
    setup.service.approve(policy.id, { planId: id, without, byName: 'Ana' });
  return { ...setup, policy, films, approve };
}

test('a person approves what a plan would take, without what they drop', async () => {
  const { service, policy, films, approve } = await open();
  const [first, second] = films.map(({ id }) => id);
  expect(await approve(first ? [first] : [])).toMatchObject({ ok: true, value: { items: [second] } });
  expect(await service.approvalOf(policy.id)).toMatchObject({ items: [second], byName: 'Ana' });
});

test('an approval ends with a change of the policy', async () => {
  const { service, policy, approve, stores, world } = await open();
  await approve();
  world.now = daysAgo(-1);
  await stores.policies.save({ ...policy, changedAt: daysAgo(-0.5) });
  expect(await service.approvalOf(policy.id)).toBeNull();
});

test.each([
  ['a policy that runs by itself', { needsApproval: false }, 'cleanup.approval-not-asked'],
  ['a dry run', { armed: false }, 'cleanup.approval-not-asked'],
  ['one that is switched off', { enabled: false }, 'cleanup.approval-not-asked'],
] as const)('%s has nothing to approve', async (_what, over, code) => {
  const { approve } = await open(over);
  expect(await approve()).toEqual({ ok: false, error: { code } });
});

test('neither has a plan of which everything is dropped, or that is not there', async () => {
  const { approve, films } = await open();
  const all = [...warned(films).keys()];
  expect(await approve(all)).toEqual({ ok: false, error: { code: 'cleanup.nothing-to-approve' } });
  const gone = await approve([], 'plan-of-yesterday' as PlanId);
  expect(gone).toEqual({ ok: false, error: { code: 'cleanup.plan-not-found' } });
});

test('neither has a plan that was made before the policy was changed: nobody has seen what it would take now', async () => {
  const { service, policy, approve, stores, world } = await open();
  await stores.policies.save({ ...policy, changedAt: daysAgo(-0.5) });
  world.now = daysAgo(-1);
  expect(await approve()).toEqual({ ok: false, error: { code: 'cleanup.plan-not-found' } });
  expect(await service.approvalOf(policy.id)).toBeNull();
});
