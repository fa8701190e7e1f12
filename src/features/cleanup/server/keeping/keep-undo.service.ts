import type { ItemId, UserId } from '#core/ids.ts';
import { err, ok, type Result } from '#core/result.ts';
import { answerRequest, isSameExclusion } from '../../core/keeping/keep-requests.ts';
import type { Exclusion } from '../../core/judging/verdict.ts';
import type { KeepChange, KeepStore, KeepTools } from './keep.ports.ts';
import type { Clock } from '../execution/runs.ports.ts';

/** Long enough to see the mistake, short enough that nobody is surprised by it. */
export const UNDO_LASTS_MS = 15 * 60_000;

export type KeepUndoDeps = {
  store: KeepStore;
  /** Which of these are in the library. */
  known: (ids: readonly ItemId[]) => Promise<ItemId[]>;
  changed: () => void;
  clock: Clock;
  newId: () => string;
};

/** `undoId` takes it back for some minutes. */
export type KeptMany = { items: readonly ItemId[]; undoId: string };
export type Undone = { back: number; changedSince: number };

/** C-06 for many items at once, and what takes it back exactly as it was. */
export function createKeepUndo({ store, known, changed, clock, newId }: KeepUndoDeps) {
  async function together(
    ids: readonly ItemId[],
    by: UserId,
    each: (tools: KeepTools, id: ItemId) => Promise<void>,
  ): Promise<KeptMany> {
    const items = [...new Set(ids)];
    const undoId = newId();
    await store.inTurn((tools) =>
      rememberChange(
        tools,
        { id: undoId, items, personKey: by, requestId: null, at: clock.now() },
        async () => {
          for (const id of items) await each(tools, id);
        },
      ),
    );
    changed();
    return { items, undoId };
  }

  return {
    async excludeMany(
      ids: readonly ItemId[],
      { until, note, by }: { until: Date | null; note: string | null; by: { id: UserId; name: string } },
    ): Promise<Result<KeptMany, { code: 'cleanup.until-is-past' | 'cleanup.item-not-found' }>> {
      const at = clock.now();
      if (until !== null && until <= at) return err({ code: 'cleanup.until-is-past' });
      const found = await known(ids);
      if (found.length === 0) return err({ code: 'cleanup.item-not-found' });
      return ok(
        await together(found, by.id, (tools, itemId) =>
          tools.exclusions.save({ itemId, until, note, byUserId: by.id, byName: by.name, at }),
        ),
      );
    },

    async includeMany(ids: readonly ItemId[], by: { id: UserId }): Promise<KeptMany & { lifted: number }> {
      let lifted = 0;
      const done = await together(ids, by.id, async (tools, id) => {
        if (await tools.exclusions.remove(id)) lifted += 1;
      });
      return { ...done, lifted };
    },

    /** What somebody changed since stays as they left it. */
    async undo(id: string, by: { id: UserId }): Promise<Result<Undone, { code: 'keep.undo-over' }>> {
      const since = new Date(clock.now().getTime() - UNDO_LASTS_MS);
      const undone = await store.inTurn(async (tools) => {
        const memory = await tools.memories.take(id);
        if (memory?.personKey !== by.id || memory.at <= since) return null;
        const results = [];
        for (const change of memory.changes) results.push(await setBack(tools, change));
        const back = results.filter(Boolean).length;
        if (back === results.length) await tools.marks.resume(memory.marks, memory.at);
        if (memory.requestId !== null && back > 0) await withdraw(tools, memory.requestId, clock.now());
        return { back, changedSince: results.length - back };
      });
      if (undone === null) return err({ code: 'keep.undo-over' });
      changed();
      return ok(undone);
    },
  };
}

/** Does the work, and writes down how everything stood before and after. */
export async function rememberChange(
  tools: KeepTools,
  about: { id: string; items: readonly ItemId[]; personKey: string; requestId: string | null; at: Date },
  work: () => Promise<void>,
): Promise<void> {
  const { id, items, personKey, requestId, at } = about;
  const [before, marks] = [await byItem(tools, items), await tools.marks.list()];
  await work();
  const after = await byItem(tools, items);
  await tools.memories.forget(new Date(at.getTime() - UNDO_LASTS_MS));
  await tools.memories.add({
    id,
    personKey,
    at,
    requestId,
    changes: items.map((itemId) => ({
      itemId,
      before: before.get(itemId) ?? null,
      after: after.get(itemId) ?? null,
    })),
    marks: await tools.marks.lost(marks),
  });
}

async function byItem({ exclusions }: KeepTools, items: readonly ItemId[]): Promise<Map<ItemId, Exclusion>> {
  return new Map((await exclusions.of(items)).map((one) => [one.itemId, one]));
}

async function setBack({ exclusions }: KeepTools, { itemId, before, after }: KeepChange): Promise<boolean> {
  const [current = null] = await exclusions.of([itemId]);
  if (!isSameExclusion(current, after)) return false;
  if (before !== null) await exclusions.save(before);
  else if (current !== null) await exclusions.remove(itemId);
  return true;
}

async function withdraw({ requests }: KeepTools, id: string, now: Date): Promise<void> {
  const request = await requests.find(id);
  const withdrawn = request && answerRequest(request, { is: 'withdraw' }, now);
  if (withdrawn?.ok) await requests.save(withdrawn.value);
}
