import fc from 'fast-check';
import { expect, test } from 'vitest';
import { known } from '#core/fact.ts';
import type { Item } from '#features/library/core/item.ts';
import { expectNever } from '../../core/plan/never.fake.ts';
import { anyPlanInput } from '../../core/plan/plan-property.fake.ts';
import type { PlanInput } from '../../core/plan/plan.ts';
import type { TagRule } from '../../core/policy/policy.ts';
import type { Removal } from '../../core/removal/removal.ts';
import { happenings, liveThrough, type Fate, type Happening } from './house-lives.fake.ts';
import { isFamily, torrentsOf, worldOf } from './house-property.fake.ts';
import { undo } from './house-undo.fake.ts';
import type { World } from './world.fake.ts';

const fate = fc.oneof(
  { weight: 12, arbitrary: fc.constant<Fate>('none') },
  { weight: 3, arbitrary: fc.constantFrom<Fate>('dies-before', 'dies-after') },
  { weight: 2, arbitrary: fc.constantFrom<Fate>('silent-before', 'silent-after') },
  { weight: 1, arbitrary: fc.constant<Fate>('refused') },
);
const happening: fc.Arbitrary<Happening> = fc.record({
  atLook: fc.nat(8),
  what: fc.constantFrom(...happenings),
  item: fc.nat(4),
});
const silence: Fate[] = Array.from({ length: 8 }, () => 'silent-before');
const story = fc.record({
  input: anyPlanInput,
  wish: fc.record({
    removeRequests: fc.boolean(),
    needsApproval: fc.constantFrom(true, false, false, false),
    torrents: fc.record({
      remove: fc.boolean(),
      minRatio: fc.constantFrom(1, 9),
      minSeedDays: fc.constantFrom(null, 3),
    }),
  }),
  approves: fc.option(fc.infiniteStream(fc.boolean()), { freq: 4 }),
  lag: fc.nat(3),
  /** Also a service that stays silent for longer than a removal has patience. */
  fates: fc
    .array(fc.oneof({ weight: 20, arbitrary: fate.map((one) => [one]) }, fc.constant(silence)), {
      maxLength: 80,
    })
    .map((chunks) => chunks.flat()),
  /** Else the policy warns as it says, and what was not announced for long enough stays. */
  warnsNobody: fc.boolean(),
  happenings: fc.array(happening, { maxLength: 2 }),
  laterFates: fc.array(fate, { maxLength: 12 }),
});

const filesOf = (world: World): string[] =>
  Object.values(world.titles).flatMap((titles) =>
    titles.flatMap(({ files }) => files.map(({ path }) => path)),
  );

const pathsOf = ({ plannedFiles }: Removal): string[] => plannedFiles.map(({ path }) => path);

type Told = Awaited<ReturnType<typeof liveThrough>>;
type Given = { input: PlanInput; before: World; world: World; approved: readonly string[] | null };

/** Nothing excluded, unknown, protected, beyond the caps, unapproved or still wanted was deleted. */
function expectNothingWrong(
  { plan, removals, witnessed }: Told,
  { input, world, before, approved }: Given,
): void {
  const gone = filesOf(before).filter((path) => !filesOf(world).includes(path));
  const taken = removals.filter((removal) => pathsOf(removal).some((path) => gone.includes(path)));
  expect(gone.filter((path) => !taken.some((removal) => pathsOf(removal).includes(path)))).toEqual([]);
  expect(taken.length).toBeLessThanOrEqual(input.policy.caps.items);
  for (const removal of taken) {
    const item = input.items.find(({ id }) => id === removal.itemId);
    if (item === undefined || plan === null) throw new Error('What nobody planned is gone');
    expectNever(item, input, plan);
    if (input.policy.needsApproval) expect(approved).toContain(item.id);
  }
  for (const deed of world.deeds) {
    if (deed.did === 'remove') expect(deed.wasMonitored).toBe(false);
    if (deed.did === 'remove-request') expect(deed.filesLeft).toBe(0);
  }
  for (const { excluded, playing, armed, itemId, tags } of witnessed) {
    const item = input.items.find(({ id }) => id === itemId);
    const kept = input.items.filter(({ id }) => excluded.includes(id));
    expect(item && kept.filter((one) => isFamily(one, item)).map(({ id }) => id)).toEqual([]);
    expect(playing).not.toContain(itemId);
    expect(armed).toBe(true);
    if (item && input.policy.kind === 'tag')
      expect(ownTags(input.policy, tags)).toEqual(tagsPlanned(input.policy, item));
  }
}

const ownTags = ({ tags: own }: TagRule, tags: readonly string[]): string[] =>
  tags.map((tag) => tag.toLowerCase()).filter((tag) => own.some((one) => one.tag.toLowerCase() === tag));

const tagsPlanned = (rule: TagRule, { tags }: Item): string[] => ownTags(rule, tags.known ? tags.value : []);

/** What the history calls removed is gone, what it calls kept is there, and the run counts what the history tells. */
function expectTruth({ run, removals }: Told, { before, world }: Given): void {
  if (run === null) return expect(filesOf(world)).toEqual(expect.arrayContaining(filesOf(before)));
  expect(run.endedAt).not.toBeNull();
  const there = filesOf(world);
  for (const removal of removals) {
    const left = pathsOf(removal).filter((path) => there.includes(path));
    expect(['removed', 'left-alone', 'failed']).toContain(removal.state.is);
    if (removal.state.is === 'removed') expect(left).toEqual([]);
    if (removal.state.is === 'left-alone') expect(left).toEqual(pathsOf(removal));
    if (removal.state.is === 'removed') expect(world.forgotten).toContain(removal.itemId);
  }
  if (run.outcome.is !== 'done' && run.outcome.is !== 'cut-short') return expect(removals).toEqual([]);
  if (run.mode === 'dry') return;
  const count = (is: Removal['state']['is']) => removals.filter(({ state }) => state.is === is).length;
  expect(run.outcome).toMatchObject({
    items: count('removed'),
    failed: count('failed'),
    leftAlone: count('left-alone'),
  });
}

/** C-14: what the history says is gone can be given back as it stood, once, and undoing deletes nothing. */
async function expectUndoable({ removals }: Told, fates: readonly Fate[]): Promise<number> {
  const film = removals.find(({ kind, state }) => kind === 'film' && state.is === 'removed');
  if (film === undefined) return 0;
  const { state, world, before } = await undo(film, fates);
  expect(['restored', 'failed']).toContain(state.is);
  expect(world.added.length).toBeLessThanOrEqual(1);
  if (state.is !== 'restored') return 0;
  expect(world.title).toMatchObject({ path: film.identity.path, monitored: before.monitored });
  expect(world.kept.map(({ itemId }) => itemId)).toEqual([state.itemId]);
  return 1;
}

test('for any library, policy, faults and kill points: nothing wrong is deleted, and the history tells the truth', async () => {
  const seen = { removed: 0, leftAlone: 0, failed: 0, torrents: 0, requests: 0, episodes: 0, restored: 0 };
  await fc.assert(
    fc.asyncProperty(story, async ({ input: any, wish, approves, lag, warnsNobody, laterFates, ...rest }) => {
      const leavingSoonDays = warnsNobody ? 0 : any.policy.leavingSoonDays;
      const policy = { ...any.policy, ...wish, leavingSoonDays, armed: true, enabled: true };
      const input = { ...any, policy, knownTags: known(['keep', 'kids', 'demo', 'daily']) };
      const world = worldOf(input, lag);
      const before = structuredClone(world);
      const held = torrentsOf(world);
      const approved =
        approves && input.items.flatMap(({ id }) => (approves.next().value === true ? [id] : []));
      const told = await liveThrough({ input, world, held, approved, ...rest });
      expectNothingWrong(told, { input, before, world, approved });
      expectTruth(told, { input, before, world, approved });
      expect(told.torrentDeeds.flatMap(({ stillInLibrary }) => stillInLibrary)).toEqual([]);
      if (!wish.torrents.remove) expect(told.torrentDeeds).toEqual([]);
      seen.restored += await expectUndoable(told, laterFates);
      const removed = told.removals.filter(({ state }) => state.is === 'removed');
      seen.removed += removed.length;
      seen.episodes += removed.filter(({ kind }) => kind === 'episode').length;
      seen.leftAlone += told.removals.filter(({ state }) => state.is === 'left-alone').length;
      seen.failed += told.removals.filter(({ state }) => state.is === 'failed').length;
      seen.torrents += told.torrentDeeds.length;
      seen.requests += world.deeds.filter(({ did }) => did === 'remove-request').length;
    }),
    { numRuns: 1500 },
  );
  for (const [what, often] of Object.entries(seen)) expect(often, `hardly any ${what}`).toBeGreaterThan(10);
}, 60_000);
