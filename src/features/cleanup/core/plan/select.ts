import type { DiskId, ItemId } from '#core/ids.ts';
import type { Fact } from '#core/fact.ts';
import type { Disk } from '#features/library/core/disk.ts';
import type { Item } from '#features/library/core/item.ts';
import type { Fate, HeldBackBy } from './plan.ts';
import type { Order, Policy, Target } from '../policy/policy.ts';
import type { Verdict } from '../judging/verdict.ts';
import { ranked } from './ranked.ts';

/** An item that its age no longer protects; what `judge` made sure of is part of the type. */
export type Candidate = {
  item: Item & { diskId: DiskId; sizeBytes: Extract<Fact<number>, { known: true }> };
  verdict: Verdict;
  score: number;
};

export type Selection = {
  fates: ReadonlyMap<ItemId, Fate>;
  freedBytes: ReadonlyMap<DiskId, number>;
};

/** What goes first comes first. Ties fall back to the id, so that the same library always gives the same plan. */
export const inOrder = <T extends Candidate>(due: readonly T[], order: Order): T[] =>
  ranked(
    due,
    (candidate) => rank(order, candidate),
    (a, b) => (a.item.id < b.item.id ? -1 : 1),
  );

/** Never watched counts from the import (J-30). */
function rank(order: Order, { item, verdict, score }: Candidate): number {
  if (order === 'largest') return -item.sizeBytes.value;
  if (order === 'value') return -score;
  const age = verdict.steps.find((step) => step.check === 'age');
  const date = order === 'oldest' ? age?.importedAt : age?.countsFrom;
  return date?.getTime() ?? Infinity;
}

/**
 * J-49 FIX: goes through the due items in their order and takes one only while its disk lacks room and no cap is
 * reached. An item that is too large for what a cap leaves is held back alone; smaller ones after it may still go.
 */
export function selectRemovals(input: {
  policy: Policy;
  due: readonly Candidate[];
  disks: readonly Disk[];
  libraryBytes: number;
}): Selection {
  const { policy, due, libraryBytes } = input;
  const taken: Taken = { items: 0, bytes: 0, freed: new Map() };
  const disks = new Map(input.disks.map((disk) => [disk.id, disk]));
  const most = { ...policy.caps, libraryBytes: (libraryBytes * policy.caps.libraryPercent) / 100 };
  const fates = new Map<ItemId, Fate>();

  for (const [index, { item }] of due.entries()) {
    const { diskId, sizeBytes } = item;
    const by =
      bytesWanted(disks.get(diskId), policy.target) <= (taken.freed.get(diskId) ?? 0)
        ? 'target'
        : capFor(sizeBytes.value, taken, most);
    if (by !== null) {
      fates.set(item.id, { is: 'held-back', position: index - taken.items + 1, by });
      continue;
    }
    take(taken, diskId, sizeBytes.value);
    fates.set(item.id, { is: 'remove', position: taken.items });
  }
  return { fates, freedBytes: taken.freed };
}

type Taken = { items: number; bytes: number; freed: Map<DiskId, number> };

function take(taken: Taken, diskId: DiskId, bytes: number): void {
  taken.items += 1;
  taken.bytes += bytes;
  taken.freed.set(diskId, (taken.freed.get(diskId) ?? 0) + bytes);
}

/**
 * What the target still needs on the disk, in bytes; without a target there is no end to it. A disk that cannot be read
 * needs nothing: nothing may go from it.
 */
export function bytesWanted(disk: Disk | undefined, target: Target | null): number {
  if (!disk?.freeBytes.known || !disk.totalBytes.known) return 0;
  if (target === null) return Infinity;
  const wanted = target.unit === 'bytes' ? target.value : (disk.totalBytes.value * target.value) / 100;
  // 500 GB free on the large disk was meant, and the small one beside it would be emptied for a number it cannot reach.
  if (target.unit === 'bytes' && wanted >= disk.totalBytes.value) return 0;
  return Math.max(0, wanted - disk.freeBytes.value);
}

function capFor(
  bytes: number,
  taken: Taken,
  most: { items: number; bytes: number; libraryBytes: number },
): HeldBackBy | null {
  if (taken.items >= most.items) return 'cap-items';
  if (taken.bytes + bytes > most.bytes) return 'cap-bytes';
  return taken.bytes + bytes > most.libraryBytes ? 'cap-library' : null;
}
