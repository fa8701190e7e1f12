import type { ItemId } from '#core/ids.ts';
import { planCleanup } from '../../core/plan/plan-cleanup.ts';
import type { Plan, PlanInput } from '../../core/plan/plan.ts';
import { assembleExecution, fakePlanning, fakeTime } from './execution.fake.ts';
import { fakeRunStores } from './runs.fake.ts';
import { targetsOf } from './house-property.fake.ts';
import { createTorrentHands } from './removal.torrents.ts';
import { fakeTorrents, type HeldTorrent, type TorrentDeed } from './torrents.fake.ts';
import type { TitleNow } from '../ports.ts';
import { fakeServices, type Fault, type World } from './world.fake.ts';

/** What the process does at a port call: go on, or die before or after it. */
export type Fate = Fault | 'dies-before' | 'dies-after';
class Death extends Error {}

export const happenings = ['excluded', 'playing', 'tag', 'untagged', 'new-file', 'disarmed'] as const;
/** Something that somebody does right before the run looks at a title for the nth time. */
export type Happening = { atLook: number; what: (typeof happenings)[number]; item: number };

const scopeTypes = { film: 'title', show: 'title', season: 'season', episode: 'episode-file' };

export type Story = {
  input: PlanInput;
  world: World;
  held: HeldTorrent[];
  fates: readonly Fate[];
  happenings: readonly Happening[];
  /** Of the policy that asks for it, what a person said may go. */
  approved: readonly ItemId[] | null;
};

function changeTitle(
  title: TitleNow,
  what: 'tag' | 'untagged' | 'new-file',
  seasonNumber: number | null,
): void {
  if (what === 'tag') {
    title.tags = [...title.tags, 'keep'];
    return;
  }
  if (what === 'untagged') {
    title.tags = [];
    return;
  }
  const file = { externalId: 9999, seasonNumber, path: `${title.path}/new.mkv`, sizeBytes: 5 };
  if (!title.files.some(({ externalId }) => externalId === 9999)) title.files = [...title.files, file];
}

/** What could be seen at the moment of a deletion. */
export type Witnessed = {
  itemId: ItemId | undefined;
  excluded: readonly ItemId[];
  playing: readonly ItemId[];
  armed: boolean;
  tags: readonly string[];
};

/**
 * Plan, run and as many lives as it takes, over one world and one database: each port call takes the next fate, and after
 * the last everything is well. A process that died is followed by the next, which knows only what was written.
 */
export async function liveThrough({ input, world, held, fates, happenings: come, approved }: Story) {
  const stores = fakeRunStores();
  const time = fakeTime(input.now);
  const targets = targetsOf(input, structuredClone(world));
  const remaining = [...fates];
  const witnessed: Witnessed[] = [];
  const torrentDeeds: TorrentDeed[] = [];
  let plan: Plan | null = null;
  let armed = true;
  let looks = 0;

  function happen({ what, item }: Happening): void {
    const doomed = (plan?.entries ?? []).filter(({ fate }) => fate.is === 'remove');
    const entry = doomed[item % Math.max(1, doomed.length)];
    const target = targets.find(({ itemId }) => itemId === entry?.itemId);
    if (target === undefined) return;
    const title = world.titles[target.connectionId]?.find(
      ({ externalId }) => externalId === target.externalId,
    );
    if (what === 'excluded') world.excluded.push(target.itemId);
    else if (what === 'playing') world.playing.push(target.itemId);
    else if (what === 'disarmed') armed = false;
    else if (title) changeTitle(title, what, target.seasonNumber);
  }

  async function live(isFirst: boolean): Promise<void> {
    const process = new AbortController();
    let dying = false;
    const die = (): never => {
      process.abort();
      throw new Death();
    };
    const next = (): Fault => {
      if (process.signal.aborted) throw new Death();
      const fate = remaining.shift() ?? 'none';
      if (fate === 'dies-before') die();
      dying = fate === 'dies-after';
      return fate === 'dies-after' || fate === 'dies-before' ? 'none' : fate;
    };
    const touched = () => void (dying && die());
    const weather = (call: string): Fault => {
      if (call === 'read') for (const one of come.filter(({ atLook }) => atLook === looks)) happen(one);
      if (call === 'read') looks += 1;
      return next();
    };
    const mortal =
      <A extends unknown[]>(call: (...args: A) => Promise<void>) =>
      async (...args: A): Promise<void> => {
        next();
        await call(...args);
        touched();
      };
    const services = fakeServices(world, weather, touched);
    const client = fakeTorrents(world, held, weather, touched);
    const managers = {
      ...services.managers,
      ...client.managers,
      mediaManager: async (id: Parameters<typeof services.managers.mediaManager>[0]) => {
        const found = await services.managers.mediaManager(id);
        if (found === null) return null;
        const remove: typeof found.manager.remove = (externalId, scope, options) => {
          const files = new Set(options.files);
          const target = targets.find(
            (one) =>
              one.connectionId === id &&
              one.externalId === externalId &&
              scopeTypes[one.kind] === scope.type &&
              one.files.some((file) => files.has(file.externalId)),
          );
          const { excluded, playing } = structuredClone({ excluded: world.excluded, playing: world.playing });
          const title = world.titles[id]?.find((one) => one.externalId === externalId);
          const tags = [...(title?.tags ?? [])];
          witnessed.push({ itemId: target?.itemId, excluded, playing, armed, tags });
          return found.manager.remove(externalId, scope, options);
        };
        return { ...found, manager: { ...found.manager, remove } };
      },
    };
    const { runs, removals } = stores;
    const policy = { ...input.policy, armed, enabled: true };
    const planning = fakePlanning(policy, { code: 'unused' }, approved);
    const { execution } = assembleExecution({
      stores: {
        runs: { ...runs, begin: mortal(runs.begin), end: mortal(runs.end) },
        removals: { ...removals, write: mortal(removals.write), keepBefore: mortal(removals.keepBefore) },
      },
      services: {
        ...services,
        managers,
        torrents: createTorrentHands({ ...client, managers, removals }),
      },
      planning: {
        ...planning,
        policy: async (id) => {
          const found = await planning.policy(id);
          return found && { ...found, armed };
        },
        makePlan: async () => {
          plan = planCleanup({ ...input, policy });
          return { ok: true, value: plan };
        },
      },
      targets,
      time,
    });
    try {
      if (isFirst)
        await execution.run(input.policy.id, { startedBy: 'schedule', byName: null }, process.signal);
      else await execution.resume(process.signal);
    } catch (problem) {
      if (!(problem instanceof Death)) throw problem;
    } finally {
      torrentDeeds.push(...client.deeds);
    }
  }

  await live(true);
  for (let life = 0; life <= fates.length && (await stores.runs.underWay()).length > 0; life += 1)
    await live(false);
  const [run] = await stores.runs.list({ limit: 1, before: null });
  const removals = run ? await stores.removals.ofRun(run.id) : [];
  return { plan: plan as Plan | null, run: run ?? null, removals, witnessed, torrentDeeds, targets };
}
