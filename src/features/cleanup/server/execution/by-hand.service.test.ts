import { describe, expect, test } from 'vitest';
import type { ItemId } from '#core/ids.ts';
import { err } from '#core/result.ts';
import { aRemoval, radarr } from '../../core/removal/removal.fake.ts';
import { anExecution, never } from './an-execution.fake.ts';

describe('deleting by hand', () => {
  test('is the same saga with a plan of one, carried out by the next resume', async () => {
    const { byHand, execution, world, stores } = anExecution({ policy: null });
    const itemId = aRemoval().itemId;
    const preview = await byHand.preview(itemId);
    expect(preview.ok && preview.value).toMatchObject({ title: 'Alma', bytes: 8_000_000_000 });

    await byHand.begin(itemId, { byName: 'ana', addImportExclusion: true });
    expect(world.deeds).toEqual([]);
    expect(await byHand.begin(itemId, { byName: 'ana', addImportExclusion: true })).toEqual(
      err({ code: 'cleanup.removal-under-way' }),
    );

    await execution.resume(never);
    expect(world.titles[radarr]).toEqual([]);
    const [entry] = await stores.removals.history({ limit: 1, after: null });
    expect(entry).toMatchObject({ run: { startedBy: 'person', byName: 'ana', policyId: null } });
  });

  test('an item that the library does not know cannot be deleted', async () => {
    const { byHand } = anExecution();
    expect(await byHand.preview('nope-1' as ItemId)).toEqual(err({ code: 'cleanup.item-not-found' }));
  });
});
