import type { DiskId, ItemId } from '#core/ids.ts';
import type { Disk } from '#features/library/core/disk.ts';
import { bytesWanted } from './select.ts';
import type { Candidate } from './select.ts';
import type { Policy } from '../policy/policy.ts';

/** So much more than the target needs is announced: some of it will be kept, watched or asked for meanwhile. */
const RESERVE = 1.25;
/** And so much stays announced once it is: less would take titles out and in again whenever the disk changes a little. */
const SURPLUS = 2;

/**
 * Leaving Soon is a promise, so only what the plan will take is announced, with a reserve: per disk as much as the target
 * needs, and no more than the caps allow within one warning. Of what was announced before, all of it stays while it may
 * still be needed. `candidates` come in the order in which they go; the answer is who is announced now.
 */
export function announce(input: {
  policy: Policy;
  candidates: readonly Candidate[];
  disks: readonly Disk[];
  /** How often the policy runs within one warning, at least once. */
  runsPerWarning: number;
}): ReadonlySet<ItemId> {
  const { policy, candidates, runsPerWarning } = input;
  const needs = new Map(input.disks.map((disk) => [disk.id, bytesWanted(disk, policy.target)]));
  const told: Told = { ids: new Set(), bytes: 0, perDisk: new Map() };

  for (const { item, verdict } of candidates) {
    if (verdict.markedSince === null) continue;
    if (bytesOn(told, item.diskId) < (needs.get(item.diskId) ?? 0) * SURPLUS) tell(told, item);
  }
  const most = { items: policy.caps.items * runsPerWarning, bytes: policy.caps.bytes * runsPerWarning };
  for (const { item, verdict } of candidates) {
    if (verdict.markedSince !== null) continue;
    if (told.ids.size >= most.items || told.bytes >= most.bytes) break;
    if (bytesOn(told, item.diskId) < (needs.get(item.diskId) ?? 0) * RESERVE) tell(told, item);
  }
  return told.ids;
}

type Told = { ids: Set<ItemId>; bytes: number; perDisk: Map<DiskId, number> };

const bytesOn = ({ perDisk }: Told, diskId: DiskId): number => perDisk.get(diskId) ?? 0;

function tell(told: Told, { id, diskId, sizeBytes }: Candidate['item']): void {
  told.ids.add(id);
  told.bytes += sizeBytes.value;
  told.perDisk.set(diskId, bytesOn(told, diskId) + sizeBytes.value);
}
