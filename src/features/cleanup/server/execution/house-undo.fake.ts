import type { UserId } from '#core/ids.ts';
import type { Removal } from '../../core/removal/removal.ts';
import { aChoice, aRestoredFilm } from '../../core/restore/restore.fake.ts';
import { draftRestore, isRestoreEnded } from '../../core/restore/restore.ts';
import { fakeTime } from './execution.fake.ts';
import type { Fate } from './house-lives.fake.ts';
import { aRestoreWorld, fakeKeep, fakeRestorer, fakeRestoreStore } from '../restore/restore.fake.ts';
import { createRestoreSaga } from '../restore/restore.saga.ts';
import type { Fault } from './world.fake.ts';

class Death extends Error {}

/** One film that a run removed is given back, through as many lives as it takes. */
export async function undo(removal: Removal, fates: readonly Fate[]) {
  const { before } = removal.keepsake;
  if (before === null) throw new Error('It was removed, and nothing was kept of how it stood');
  const by = { byUserId: 'user-1' as UserId, byName: 'Ana', startedAt: fakeTime().now() };
  const restore = draftRestore(removal, before, { id: 'restore-1', choice: aChoice(), ...by });
  const world = aRestoreWorld({ makes: aRestoredFilm({ path: removal.identity.path }) });
  const store = fakeRestoreStore();
  await store.begin(restore);
  const remaining = [...fates];

  async function live(): Promise<void> {
    const [now = restore] = await store.latest([removal.id]);
    let dying = false;
    const next = (): Fault => {
      const fate = remaining.shift() ?? 'none';
      if (fate === 'dies-before') throw new Death();
      dying = fate === 'dies-after';
      return fate === 'dies-after' ? 'none' : fate;
    };
    const touched = () => {
      if (dying) throw new Death();
    };
    const saga = createRestoreSaga({
      restores: store,
      restorers: async () => fakeRestorer(world, next, touched),
      keepByHand: fakeKeep(world),
      time: fakeTime(),
    });
    await saga.advance(now, new AbortController().signal).catch((problem: unknown) => {
      if (!(problem instanceof Death)) throw problem;
    });
  }

  for (let life = 0; life <= fates.length; life += 1) {
    const [now] = await store.latest([removal.id]);
    if (now && isRestoreEnded(now.state)) break;
    await live();
  }
  const [end = restore] = await store.latest([removal.id]);
  return { state: end.state, world, before };
}
