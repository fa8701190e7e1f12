import type { ConnectionId } from '#core/ids.ts';
import { ok, type Result } from '#core/result.ts';
import {
  membershipChange,
  summarise,
  type LeavingItem,
  type ShelfKind,
} from '../../core/leaving-soon/leaving-soon.ts';
import { posterKey, type PosterText } from '../../core/leaving-soon/poster.ts';
import type {
  DrawPoster,
  KnownShelf,
  LeavingSource,
  ShelfSettings,
  ShelfStore,
} from './leaving-soon.ports.ts';
import type { Shelf, StepProblem } from '../ports.ts';
import type { Clock } from '../execution/runs.ports.ts';

export type ShelfDeps = {
  source: Pick<LeavingSource, 'membersOf'>;
  shelves: ShelfStore;
  drawPoster: DrawPoster;
  clock: Clock;
};

export type ShelfTask = {
  connectionId: ConnectionId;
  shelf: Shelf;
  kind: ShelfKind;
  settings: ShelfSettings;
};

export type UpdateShelf = ReturnType<typeof createShelfUpdate>;

/** One collection in one media server. */
export function createShelfUpdate({ source, shelves, drawPoster, clock }: ShelfDeps) {
  async function updateOne(
    task: ShelfTask,
    items: readonly LeavingItem[],
  ): Promise<Result<void, StepProblem>> {
    const { connectionId, shelf, kind, settings } = task;
    const ids = items.map((item) => item.itemId);
    const members = await source.membersOf(connectionId, ids);
    const shown = items.filter((item) => members.has(item.itemId));
    const wanted = [...new Set(shown.flatMap((item) => members.get(item.itemId) ?? []))];

    const known = await shelves.get(connectionId, kind);
    if (known === null && wanted.length === 0) return ok(undefined);
    const opened = await shelf.openCollection(
      settings.names[kind],
      known?.collectionId ?? null,
      wanted[0] ?? null,
    );
    if (!opened.ok) return opened;
    if (opened.value === null) {
      await shelves.forget(connectionId, kind); // somebody deleted it, and nothing leaves: it need not come back
      return ok(undefined);
    }

    const { id, members: present } = opened.value;
    const isSame = known?.collectionId === id;
    const before: KnownShelf = {
      ...task,
      collectionId: id,
      members: [],
      posterKey: null,
      ...(isSame ? known : {}),
    };
    const changed = await changeMembers(shelf, id, { wanted, present, remembered: before.members });
    if (!changed.ok) return changed;
    const now = pick(before, wanted);
    await shelves.save(now);
    return setPoster(shelf, now, { kind, language: settings.language, ...summarise(shown, clock.now()) });
  }

  async function setPoster(
    shelf: Shelf,
    known: KnownShelf,
    text: PosterText,
  ): Promise<Result<void, StepProblem>> {
    const key = posterKey(text);
    if (known.posterKey === key) return ok(undefined);
    const set = await shelf.setPoster(known.collectionId, await drawPoster(text));
    if (!set.ok) return set;
    await shelves.save({ ...known, posterKey: key });
    return ok(undefined);
  }

  return updateOne;
}

const pick = (
  { connectionId, kind, collectionId, posterKey }: KnownShelf,
  members: readonly string[],
): KnownShelf => ({
  connectionId,
  kind,
  collectionId,
  posterKey,
  members,
});

/** A failed batch is told at once; the rest is found again by the next update, because it starts from what is there. */
async function changeMembers(
  shelf: Shelf,
  id: string,
  state: Parameters<typeof membershipChange>[0],
): Promise<Result<void, StepProblem>> {
  const { add, remove } = membershipChange(state);
  for (const batch of add) {
    const added = await shelf.addToCollection(id, batch);
    if (!added.ok) return added;
  }
  for (const batch of remove) {
    const removed = await shelf.removeFromCollection(id, batch);
    if (!removed.ok) return removed;
  }
  return ok(undefined);
}
